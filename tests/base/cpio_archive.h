#pragma once

#include <string>

#include <fmt/format.h>

namespace bootperf {

/// A member as cpio writes it: a header of hexadecimal numbers, the name, the data, each filled up
/// to a multiple of four.
inline std::string cpio_member(const std::string &name, const std::string &data) {
  std::string text = "070701";
  for (int field = 0; field < 13; ++field) {
    text += fmt::format("{:08x}", field == 6 ? data.size() : field == 11 ? name.size() + 1 : 0);
  }
  text += name + '\0';
  text.resize((text.size() + 3) / 4 * 4);
  text += data;
  text.resize((text.size() + 3) / 4 * 4);
  return text;
}

} // namespace bootperf
