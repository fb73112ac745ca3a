#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bootperf {

struct CommandModel;

/// A text as one word of one line that bash, zsh and fish read as it is.
std::string quoted_line(std::string_view text);

/// "'bootperf run'|'bootperf show'": the commands below the program, for a `case` of bash and zsh.
std::string verb_pattern(const CommandModel &program);

} // namespace bootperf
