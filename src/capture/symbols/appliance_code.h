#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace bootperf {

/// What an appliance that is up says of the code in it: where its kernel's symbols lie, and which
/// programs and libraries it has. It is asked once for each kernel that is built (code_cache.h).
struct ApplianceCode {
  std::string kernel_symbols;        ///< /proc/kallsyms
  std::string modules;               ///< /proc/modules at that moment
  std::vector<std::string> programs; ///< absolute paths inside the appliance
};

/// As one text: a heading, and the lines below it.
std::string code_text(const ApplianceCode &code);

/// The reverse. An input error with its line for anything else, or for more than 64 MiB.
Result<ApplianceCode> parse_code(std::string_view text, const std::string &name);

/// Runs a command in the appliance's shell and gives its answer.
using ApplianceShell = std::function<Result<std::string>(const std::string &)>;

/// Asks an appliance that is up for its kernel's symbols and its programs. An error is the shell's.
Result<ApplianceCode> ask_for_code(const ApplianceShell &shell);

/// The command for a piece of the symbols, from a byte on that counts from 1: an answer of
/// libguestfs' daemon is at most 4 MiB. After the last piece it says nothing.
std::string symbols_from(std::size_t byte);

/// The command for /proc/modules.
inline constexpr const char *list_modules = "cat /proc/modules";

} // namespace bootperf
