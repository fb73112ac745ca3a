#pragma once

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

/// Commands for the appliance's shell, and what their answers are put together to. An answer of
/// libguestfs' daemon is at most 4 MiB, so the symbols come in pieces: the first command keeps them
/// in a file, and the second is repeated with the number of the next byte, from 1 on, until it says
/// nothing more.
inline constexpr const char *keep_symbols = "cat /proc/kallsyms > /tmp/bootperf-symbols";
std::string symbols_from(std::size_t byte);
inline constexpr const char *list_modules = "cat /proc/modules";
inline constexpr const char *list_programs =
    "find / -xdev -type f -perm -100 -print -o -xdev -type f -name '*.so*' -print";

} // namespace bootperf
