#pragma once

#include <string_view>
#include <vector>

namespace bootperf {

/// A file in a cpio archive. Both views are of the archive.
struct CpioMember {
  std::string_view name, data;
};

/// The files in an archive as initrds are ("newc", not compressed), in its order. As far as the
/// archive can be read: none of anything else.
std::vector<CpioMember> cpio_members(std::string_view archive);

} // namespace bootperf
