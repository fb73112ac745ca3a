#pragma once

#include <string>

namespace bootperf {

/// The phase around the one with this id, "" for the root: ids are paths, so what contains a phase
/// is what its id begins with.
inline std::string parent_of(const std::string &id) {
  const std::size_t at = id.rfind(" > ");
  return at == std::string::npos ? "" : id.substr(0, at);
}

} // namespace bootperf
