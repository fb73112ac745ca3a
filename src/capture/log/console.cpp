#include "capture/log/console.h"

#include <algorithm>

#include "base/text.h"

namespace bootperf {

namespace {

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view blank(" \t\r\n\0", 5);
  const auto first = line.find_first_not_of(blank);
  return first == std::string_view::npos
             ? std::string_view()
             : line.substr(first, line.find_last_not_of(blank) - first + 1);
}

} // namespace

bool has_event(std::span<const Event> events, Source source) {
  return std::any_of(events.begin(), events.end(),
                     [&](const Event &event) { return event.source == source; });
}

std::string console_text(std::span<const Event> events) {
  std::string text;
  for (const auto &event : events) {
    if (event.source == Source::appliance) {
      text += event.message;
    }
  }
  return text;
}

std::string line_with(std::string_view text, std::string_view needle) {
  const auto found = text.find(needle);
  if (found == std::string_view::npos) {
    return "";
  }
  const auto before = text.rfind('\n', found);
  const auto start = before == std::string_view::npos ? 0 : before + 1;
  return std::string(trimmed(text.substr(start, text.find('\n', found) - start)));
}

std::vector<std::string> last_lines(std::string_view text, std::size_t most) {
  std::vector<std::string> lines;
  while (!text.empty() && lines.size() < most) {
    const auto newline = text.rfind('\n');
    const auto start = newline == std::string_view::npos ? 0 : newline + 1;
    if (const auto line = trimmed(text.substr(start)); !line.empty()) {
      lines.push_back(printable(line));
    }
    text = text.substr(0, start == 0 ? 0 : start - 1);
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

} // namespace bootperf
