#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

// Archives as initrds are made of.

namespace bootperf {

/// A file in a cpio archive. Both views are of the archive.
struct CpioMember {
  std::string_view name, data;
};

/// The files in an archive as initrds are ("newc", not compressed), in its order. As far as the
/// archive can be read: none of anything else.
std::vector<CpioMember> cpio_members(std::string_view archive);

/// A file that is put into an archive.
struct CpioFile {
  std::string name;
  unsigned mode = 0100644; ///< type and permissions, as stat() has them
  std::string data = {};
};

/// An archive of these files in that form, owned by root, without times.
std::string cpio_archive(const std::vector<CpioFile> &files);

/// Not of an archive that ends with the expression: the views would outlive it.
template <typename Archive>
  requires std::same_as<std::remove_const_t<Archive>, std::string>
std::vector<CpioMember> cpio_members(Archive &&archive) = delete;

} // namespace bootperf
