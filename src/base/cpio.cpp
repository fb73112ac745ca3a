#include "base/cpio.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>

#include <fmt/format.h>

namespace bootperf {

namespace {

constexpr std::size_t header_bytes = 110;

/// The number in eight hexadecimal digits of a header, which is whole.
std::optional<std::size_t> number_at(std::string_view header, std::size_t at) {
  std::size_t value = 0;
  const char *first = header.data() + at;
  const auto [end, error] = std::from_chars(first, first + 8, value, 16);
  return error == std::errc() && end == first + 8 ? std::optional(value) : std::nullopt;
}

std::size_t filled_up(std::size_t size) {
  return (size + 3) / 4 * 4;
}

} // namespace

std::vector<CpioMember> cpio_members(std::string_view archive) {
  std::vector<CpioMember> members;
  while (archive.size() >= header_bytes && archive.starts_with("07070")) {
    const auto size = number_at(archive, 54);
    const auto name_size = number_at(archive, 94); // with the NUL behind it
    if (!size || !name_size || *size > archive.size() || *name_size > archive.size()) {
      break;
    }
    const auto data = filled_up(header_bytes + *name_size);
    if (*name_size == 0 || data + *size > archive.size()) {
      break;
    }
    const auto name = archive.substr(header_bytes, *name_size - 1);
    if (name == "TRAILER!!!") {
      break;
    }
    members.push_back({name, archive.substr(data, *size)});
    archive.remove_prefix(std::min(archive.size(), data + filled_up(*size)));
  }
  return members;
}

std::string cpio_archive(const std::vector<CpioFile> &files) {
  std::string archive;
  std::size_t inode = 0;
  const auto add = [&](const CpioFile &file) {
    archive += fmt::format(
        "070701{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}"
        "{:08x}{:08x}",
        ++inode, file.mode, 0, 0, 1, 0, file.data.size(), 0, 0, 0, 0, file.name.size() + 1, 0);
    archive += file.name;
    archive.resize(filled_up(archive.size() + 1));
    archive += file.data;
    archive.resize(filled_up(archive.size()));
  };
  for (const CpioFile &file : files) {
    add(file);
  }
  add({"TRAILER!!!", 0});
  return archive;
}

} // namespace bootperf
