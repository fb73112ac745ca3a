#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <vector>

#include "base/text.h"

namespace bootperf {

namespace {

// Longer words are no flags or phase names; the distance is quadratic.
constexpr std::size_t longest_word = 200;

// Edit distance in which exchanging two neighbours counts as one edit: "shwo" is near "show".
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    d[i][0] = i;
  }
  for (std::size_t j = 0; j <= b.size(); ++j) {
    d[0][j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

} // namespace

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

std::string_view beginning(std::string_view text, std::size_t bytes) {
  std::size_t end = std::min(text.size(), bytes);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;
  return text.substr(0, end);
}

std::string_view take_line(std::string_view &text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}

std::string text_under(const std::map<std::string, std::string> &texts, const std::string &name) {
  const auto found = texts.find(name);
  return found == texts.end() ? "" : found->second;
}

std::string nearest(std::string_view word, std::span<const std::string> candidates) {
  std::string best;
  std::size_t best_distance = longest_word;
  if (word.size() > longest_word) {
    return best;
  }
  for (const auto &candidate : candidates) {
    if (candidate.size() > longest_word) {
      continue;
    }
    const std::size_t distance = edit_distance(word, candidate);
    const bool near = distance * 3 <= std::max(word.size(), candidate.size());
    if (near && distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string shell_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char byte : text) {
    quoted += byte == '\'' ? std::string("'\\''") : std::string(1, byte);
  }
  return quoted + "'";
}

std::string shell_word(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') ||
           std::string_view("_./+-=:,@").find(byte) != std::string_view::npos;
  });
  return plain && !text.empty() ? std::string(text) : shell_quoted(text);
}

void Fnv1a::add(std::string_view bytes) {
  for (const char byte : bytes) {
    value_ = (value_ ^ static_cast<unsigned char>(byte)) * 16777619U;
  }
}

std::uint64_t fnv1a_64(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  }
  return hash;
}

std::string duration_text(std::int64_t nanoseconds) {
  const double ns = static_cast<double>(nanoseconds);
  const double magnitude = std::abs(ns);
  // The limits are where rounding would show a fourth digit before the point.
  if (magnitude < 999.5) {
    return fmt::format("{:.0f} ns", ns);
  }
  if (magnitude < 999.5e3) {
    return fmt::format("{:.0f} us", ns / 1e3);
  }
  if (magnitude < 999.95e6) {
    return fmt::format("{:.1f} ms", ns / 1e6);
  }
  return fmt::format("{:.2f} s", ns / 1e9);
}

std::string count_text(double count) {
  static constexpr std::array suffixes = {"", " k", " M", " G", " T", " P"};
  std::size_t power = 0;
  while (std::abs(count) >= 999.95 && power + 1 < suffixes.size()) {
    count /= 1000;
    ++power;
  }
  if (power == 0) {
    return fmt::format("{:.0f}", count);
  }
  const double magnitude = std::abs(count);
  const int decimals = magnitude < 9.9995 ? 3 : magnitude < 99.995 ? 2 : 1;
  return fmt::format("{:.{}f}{}", count, decimals, suffixes[power]);
}

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

struct Range {
  std::uint32_t first, last;
};

// Control characters, line and paragraph separators, what turns the direction of a line round, and
// all that is drawn as nothing: two names that look the same would not be. The last are Unicode
// 15's Default_Ignorable_Code_Point and the format characters beside it.
constexpr std::array<Range, 20> harmful = {{
    {0x0000, 0x001F},   {0x007F, 0x009F},   {0x00AD, 0x00AD},   {0x034F, 0x034F},
    {0x061C, 0x061C},   {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},
    {0x200B, 0x200F},   {0x2028, 0x202E},   {0x2060, 0x206F},   {0x3164, 0x3164},
    {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},
    {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
}};

bool is_harmful(std::uint32_t c) {
  const auto *const range = std::ranges::lower_bound(harmful, c, {}, &Range::last);
  return range != harmful.end() && c >= range->first;
}

// What runners trim from the beginning of a line before they look for a command in it.
bool is_white(std::uint32_t c) {
  return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

constexpr std::array<bool, 256> plain_ascii = [] {
  std::array<bool, 256> plain = {};
  for (std::size_t byte = ' '; byte <= '~'; ++byte) {
    plain.at(byte) = byte != '#';
  }
  return plain;
}();

// How many bytes at the front are safe wherever they do not begin a line: nearly all of any text.
std::size_t plain_bytes(std::string_view text) {
  const auto *const end = std::ranges::find_if(
      text, [](char byte) { return !plain_ascii[static_cast<unsigned char>(byte)]; });
  return static_cast<std::size_t>(end - text.begin());
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
    if (const std::size_t plain = at_start ? 0 : plain_bytes(text); plain > 0) {
      safe.append(text.substr(0, plain));
      text.remove_prefix(plain);
      continue;
    }
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

std::string printable_json(std::string_view json) {
  std::string safe;
  safe.reserve(json.size());
  const auto escape = [&](std::uint32_t unit) { safe += fmt::format("\\u{:04x}", unit); };
  while (!json.empty()) {
    if (const std::size_t plain = plain_bytes(json); plain > 0) {
      safe.append(json.substr(0, plain));
      json.remove_prefix(plain);
      continue;
    }
    const CodePoint c = code_point(json);
    const std::size_t bytes = c.bytes == 0 ? 1 : c.bytes;
    if (c.value >= 0x10000 && is_harmful(c.value)) {
      escape(0xD800 + ((c.value - 0x10000) >> 10U));
      escape(0xDC00 + ((c.value - 0x10000) & 0x3FFU));
    } else if (c.bytes != 0 && c.value != '\n' && is_harmful(c.value)) {
      escape(c.value);
    } else if (json.starts_with("##[")) {
      escape('#');
    } else {
      safe.append(json.substr(0, bytes));
    }
    json.remove_prefix(bytes);
  }
  return safe;
}

} // namespace bootperf
