#include "capture/worker/code_question.h"

#include <string_view>

#include "base/text.h"

namespace bootperf {

namespace {

/// Of the kernel's symbols; a guest that never ends its answer is not listened to for ever.
constexpr std::size_t most_bytes = 48u << 20;

} // namespace

Result<ApplianceCode> ask_for_code(Handle &handle) {
  ApplianceCode code;
  if (const auto kept = handle.shell(keep_symbols); !kept) {
    return tl::unexpected(kept.error());
  }
  while (code.kernel_symbols.size() < most_bytes) {
    const auto piece = handle.shell(symbols_from(code.kernel_symbols.size() + 1));
    if (!piece) {
      return tl::unexpected(piece.error());
    }
    if (piece->empty()) {
      break;
    }
    code.kernel_symbols += *piece;
  }
  const auto modules = handle.shell(list_modules);
  if (!modules) {
    return tl::unexpected(modules.error());
  }
  code.modules = *modules;
  const auto programs = handle.shell(list_programs);
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

} // namespace bootperf
