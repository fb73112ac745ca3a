#include "capture/symbols/appliance_code.h"

#include <algorithm>

#include <fmt/format.h>

namespace bootperf {

namespace {

constexpr std::string_view symbols_heading = "kernel symbols:\n";
constexpr std::string_view programs_heading = "programs:\n";
constexpr std::size_t largest = 64u << 20;
constexpr std::size_t piece = 2u << 20;

std::vector<std::string> lines_in(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (!line.empty()) {
      lines.emplace_back(line);
    }
  }
  return lines;
}

} // namespace

std::string symbols_from(std::size_t byte) {
  return fmt::format("tail -c +{} /tmp/bootperf-symbols | head -c {}", byte, piece);
}

std::string code_text(const ApplianceCode &code) {
  std::string text = std::string(symbols_heading) + code.kernel_symbols;
  if (!text.ends_with('\n')) {
    text += '\n';
  }
  text += programs_heading;
  for (const auto &program : code.programs) {
    // A name with a line's end in it would be taken for two.
    if (program.find('\n') == std::string::npos) {
      text += program + '\n';
    }
  }
  return text;
}

Result<ApplianceCode> parse_code(std::string_view text, const std::string &name) {
  // A symbol's line begins with its address, so no line of the symbols is the second heading.
  const auto programs = text.find("\n" + std::string(programs_heading));
  if (text.size() > largest || !text.starts_with(symbols_heading) ||
      programs == std::string_view::npos) {
    return fail(ErrorKind::input,
                "expected \"kernel symbols:\", its lines, \"programs:\" and its lines, 64 MiB at "
                "most",
                {name, 1, 1});
  }
  const auto after_heading = symbols_heading.size();
  ApplianceCode code;
  if (programs + 1 > after_heading) {
    code.kernel_symbols = text.substr(after_heading, programs + 1 - after_heading);
  }
  code.programs = lines_in(text.substr(programs + 1 + programs_heading.size()));
  return code;
}

} // namespace bootperf
