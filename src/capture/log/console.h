#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "capture/log/boot_log.h"

namespace bootperf {

/// Whether a text holds these words.
inline bool holds(std::string_view text, std::string_view words) {
  return text.find(words) != std::string_view::npos;
}

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

inline bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether an event of this kind is among them.
bool has_event(std::span<const Event> events, Source source);

/// All that the console said, chunks joined.
std::string console_text(std::span<const Event> events);

/// The first line of a text that holds the needle, without blanks and line ends around it; "" when
/// there is none.
std::string line_with(std::string_view text, std::string_view needle);

/// The last lines of a text that say something, at most that many, safe to print.
std::vector<std::string> last_lines(std::string_view text, std::size_t most);

} // namespace bootperf
