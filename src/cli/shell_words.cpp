#include "cli/shell_words.h"

#include "cli/command_model.h"

namespace bootperf {

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char byte : text)
    out += byte == '\'' ? "'\\''" : byte == '\n' ? " " : std::string(1, byte);
  return out + "'";
}

std::string verb_pattern(const CommandModel &program) {
  std::string pattern;
  for (const CommandModel *command : with_all_verbs(program)) {
    if (command != &program)
      pattern += (pattern.empty() ? "" : "|") + quoted(command->name);
  }
  return pattern;
}

} // namespace bootperf
