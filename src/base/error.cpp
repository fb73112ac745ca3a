#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"

namespace bootperf {

Location location_of(std::string_view text, std::size_t offset, std::string file) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t newline = before.rfind('\n');
  const std::size_t column =
      newline == std::string_view::npos ? before.size() + 1 : before.size() - newline;
  return {std::move(file), static_cast<int>(line), static_cast<int>(column)};
}

std::string to_text(const Error &error) {
  std::string text = printable(error.where.file);
  if (error.where.line > 0) {
    text += fmt::format("{}{}", text.empty() ? "line " : ":", error.where.line);
    if (error.where.column > 0) {
      text += fmt::format(":{}", error.where.column);
    }
  }
  if (!text.empty()) {
    text += ": ";
  }
  // A remedy may stand on a line of its own, so newlines survive; each line is made safe by itself.
  std::string_view rest = error.message;
  for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    text += printable(rest.substr(0, end)) + '\n';
    rest.remove_prefix(end + 1);
  }
  return text + printable(rest);
}

ExitCode exit_code(ErrorKind kind) {
  switch (kind) {
  case ErrorKind::usage:
  case ErrorKind::input:
  case ErrorKind::io:
    return ExitCode::wrong_input;
  case ErrorKind::not_measured:
    return ExitCode::not_measured;
  case ErrorKind::interrupted:
    return ExitCode::interrupted;
  }
  return ExitCode::wrong_input;
}

} // namespace bootperf
