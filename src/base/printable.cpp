#include <cstdint>

#include <fmt/format.h>

#include "base/text.h"

namespace bootperf {

namespace {

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t bytes = 0; ///< 0: not valid UTF-8
};

CodePoint code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) {
    return {first, 1};
  }
  const std::size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < bytes) {
    return {};
  }
  std::uint32_t value = first & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) {
      return {};
    }
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  const bool overlong = (bytes == 3 && value < 0x800) || (bytes == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  return overlong || surrogate || value > 0x10FFFF ? CodePoint{} : CodePoint{value, bytes};
}

// Control characters, and those that turn the direction of a line round or break it.
bool is_harmful(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0xFEFF;
}

// What runners trim from the beginning of a line before they look for a command in it.
bool is_white(std::uint32_t c) {
  return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

} // namespace

std::string printable(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  const auto escape = [&](std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
      safe += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[i]));
    }
  };
  bool at_start = true;
  while (!text.empty()) {
    const CodePoint c = code_point(text);
    std::size_t bytes = c.bytes == 0 ? 1 : c.bytes;
    if (c.bytes == 0 || is_harmful(c.value)) {
      escape(bytes);
    } else if (at_start && text.starts_with("::")) {
      safe += ":\\x3a";
      bytes = 2;
    } else if (text.starts_with("##[")) {
      // The older spelling of a workflow command works anywhere in a line.
      safe += "##\\x5b";
      bytes = 3;
    } else {
      safe.append(text.substr(0, bytes));
    }
    at_start = at_start && is_white(c.value);
    text.remove_prefix(bytes);
  }
  return safe;
}

} // namespace bootperf
