#include "cli/shell_words.h"

#include "cli/command_model.h"

namespace bootperf {

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char byte : text)
    out += byte == '\'' ? "'\\''" : byte == '\n' ? " " : std::string(1, byte);
  return out + "'";
}

std::string verb_pattern(const CommandModel &program) {
  std::string pattern;
  for (const CommandModel *command : with_all_verbs(program)) {
    if (command != &program)
      pattern += (pattern.empty() ? "" : "|") + shell_quoted(command->name);
  }
  return pattern;
}

} // namespace bootperf
