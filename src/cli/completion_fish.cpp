#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/completion.h"
#include "cli/shell_words.h"

namespace bootperf {
namespace {

// fish asks of each line below whether it holds here: whether this verb is the one that is meant.
constexpr const char *script = R"(# fish completion for {0}; made by `{0} completion fish`
function __{0}_at
    set -l command {0}
    for word in (commandline -opc)[2..-1]
        if contains -- "$command $word" {1}
            set command "$command $word"
        end
    end
    test "$command" = "$argv"
end
)";

std::string line(const CommandModel &program, const CommandModel &command) {
  return fmt::format("complete -c {0} -n '__{0}_at {1}'", program.name, command.name);
}

std::string option_line(const std::string &beginning, const OptionModel &option) {
  std::string text = beginning;
  for (const std::string &name : option.names)
    text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.choices.empty())
    text += fmt::format("{} -a '{}'", option.is_positional() ? " -f" : " -x",
                        fmt::join(option.choices, " "));
  else if (!option.value.empty())
    text += " -r";
  return text + " -d " + quoted_line(option.description) + "\n";
}

std::string command_lines(const CommandModel &program, const CommandModel &command) {
  const std::string beginning = line(program, command);
  std::string text;
  for (const CommandModel &verb : command.verbs)
    text += fmt::format("{} -f -a {} -d {}\n", beginning, verb.verb(),
                        quoted_line(first_clause(verb.description)));
  for (const OptionModel &option : command.options) {
    if (!option.is_positional() || !option.choices.empty())
      text += option_line(beginning, option);
  }
  return text;
}

} // namespace

std::string fish_completion(const CommandModel &program) {
  std::string names, lines;
  for (const CommandModel *command : with_all_verbs(program)) {
    if (command != &program)
      names += (names.empty() ? "" : " ") + quoted_line(command->name);
    lines += command_lines(program, *command);
  }
  return fmt::format(script, program.name, names) + lines;
}

} // namespace bootperf
