#include "capture/symbols/appliance_code.h"

#include <fmt/format.h>

#include "base/text.h"

namespace bootperf {

namespace {

constexpr std::string_view symbols_heading = "kernel symbols:\n";
constexpr std::string_view modules_heading = "modules:\n";
constexpr std::string_view programs_heading = "programs:\n";
constexpr std::size_t largest = 64u << 20;
constexpr std::size_t piece_bytes = 2u << 20;
/// Of the kernel's symbols; a guest that never ends its answer is not listened to for ever.
constexpr std::size_t most_symbols = 48u << 20;

constexpr const char *keep_symbols = "cat /proc/kallsyms > /tmp/bootperf-symbols";
constexpr const char *list_programs =
    "find / -xdev -type f -perm -100 -print -o -xdev -type f -name '*.so*' -print";

std::vector<std::string> lines_in(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto line = take_line(text);
    if (!line.empty()) {
      lines.emplace_back(line);
    }
  }
  return lines;
}

} // namespace

std::string symbols_from(std::size_t byte) {
  return fmt::format("tail -c +{} /tmp/bootperf-symbols | head -c {}", byte, piece_bytes);
}

Result<ApplianceCode> ask_for_code(const ApplianceShell &shell) {
  ApplianceCode code;
  if (const auto kept = shell(keep_symbols); !kept) {
    return tl::unexpected(kept.error());
  }
  while (code.kernel_symbols.size() < most_symbols) {
    const auto piece = shell(symbols_from(code.kernel_symbols.size() + 1));
    if (!piece) {
      return tl::unexpected(piece.error());
    }
    if (piece->empty()) {
      break;
    }
    code.kernel_symbols += *piece;
  }
  const auto modules = shell(list_modules);
  if (!modules) {
    return tl::unexpected(modules.error());
  }
  code.modules = *modules;
  const auto programs = shell(list_programs);
  if (!programs) {
    return tl::unexpected(programs.error());
  }
  std::string_view rest = *programs;
  while (!rest.empty()) {
    const auto line = take_line(rest);
    if (line.starts_with('/')) {
      code.programs.emplace_back(line);
    }
  }
  return code;
}

std::string code_text(const ApplianceCode &code) {
  std::string text;
  const auto add = [&](std::string_view heading, const std::string &lines) {
    text += heading;
    text += lines;
    text += text.ends_with('\n') ? "" : "\n";
  };
  add(symbols_heading, code.kernel_symbols);
  add(modules_heading, code.modules);
  std::string programs;
  for (const auto &program : code.programs) {
    // A name with a line's end in it would be taken for two.
    if (program.find('\n') == std::string::npos) {
      programs += program + '\n';
    }
  }
  add(programs_heading, programs);
  return text;
}

Result<ApplianceCode> parse_code(std::string_view text, const std::string &name) {
  // Symbols begin with an address and modules are several words, so no line of them is a heading.
  const auto modules = text.find("\n" + std::string(modules_heading));
  const auto programs = text.find("\n" + std::string(programs_heading));
  if (text.size() > largest || !text.starts_with(symbols_heading) ||
      programs == std::string_view::npos || modules > programs) {
    return fail(ErrorKind::input,
                "expected \"kernel symbols:\", \"modules:\" and \"programs:\", each before its "
                "lines, 64 MiB at most",
                {name, 1, 1});
  }
  // Between two headings, without the first and with the last line's end.
  const auto between = [&](std::size_t heading_at, std::size_t heading_size, std::size_t end) {
    const auto first = heading_at + heading_size;
    return end + 1 > first ? std::string(text.substr(first, end + 1 - first)) : std::string();
  };
  ApplianceCode code;
  code.kernel_symbols = between(0, symbols_heading.size(), modules);
  code.modules = between(modules + 1, modules_heading.size(), programs);
  code.programs = lines_in(text.substr(programs + 1 + programs_heading.size()));
  return code;
}

} // namespace bootperf
