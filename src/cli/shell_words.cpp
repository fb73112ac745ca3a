#include "cli/shell_words.h"

#include <algorithm>

#include "base/text.h"
#include "cli/command_model.h"

namespace bootperf {

std::string quoted_line(std::string_view text) {
  std::string line(text);
  std::ranges::replace(line, '\n', ' ');
  return shell_quoted(line);
}

std::string verb_pattern(const CommandModel &program) {
  std::string pattern;
  for (const CommandModel *command : with_all_verbs(program)) {
    if (command != &program)
      pattern += (pattern.empty() ? "" : "|") + quoted_line(command->name);
  }
  return pattern;
}

} // namespace bootperf
