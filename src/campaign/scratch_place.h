#pragma once

#include <cstdlib>
#include <filesystem>

namespace bootperf {

/// Where temporary directories are made: TMPDIR, else /var/tmp, where there is room for an
/// appliance.
inline std::filesystem::path scratch_place() {
  const char *chosen = std::getenv("TMPDIR");
  return chosen && *chosen ? chosen : "/var/tmp";
}

} // namespace bootperf
