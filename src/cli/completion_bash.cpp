#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/completion.h"
#include "cli/shell_words.h"

namespace bootperf {
namespace {

// Finds the verb that is meant, then answers by the word before the cursor. No answer leaves file
// names to bash.
constexpr const char *script = R"(# bash completion for {0}; made by `{0} completion bash`
_{0}() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}
  local command={0} word flags= verbs= values=
  # bash takes --format=json for three words.
  if [[ $current == = ]]; then current=
  elif [[ $before == = ]]; then before=${{COMP_WORDS[COMP_CWORD-2]}}; fi
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$command $word" in
      {1}) command="$command $word" ;;
    esac
  done
  COMPREPLY=()
  case "$command $before" in
{2}  esac
  case "$command" in
{3}  esac
  if [[ -n $values ]]; then mapfile -t COMPREPLY < <(compgen -W "$values" -- "$current")
  elif [[ $current == -* ]]; then mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$current")
  elif [[ -n $verbs ]]; then mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$current"); fi
}}
complete -o bashdefault -o default -F _{0} {0}
)";

std::string values_case(const CommandModel &command, const OptionModel &option) {
  if (option.is_positional() || option.value.empty())
    return "";
  std::string pattern;
  for (const std::string &name : option.names)
    pattern += (pattern.empty() ? "" : "|") + quoted_line(command.name + " " + name);
  if (option.choices.empty())
    return fmt::format("    {}) return ;;\n", pattern);
  return fmt::format("    {}) values={} ;;\n", pattern,
                     quoted_line(fmt::format("{}", fmt::join(option.choices, " "))));
}

std::string words_case(const CommandModel &command) {
  std::string flags, verbs;
  for (const OptionModel &option : command.options) {
    for (const std::string &name : option.names)
      flags += (flags.empty() ? "" : " ") + name;
    if (option.is_positional() && !option.choices.empty())
      verbs = fmt::format("{}", fmt::join(option.choices, " "));
  }
  for (const CommandModel &verb : command.verbs)
    verbs += (verbs.empty() ? "" : " ") + verb.verb();
  return fmt::format("    {}) flags={} verbs={} ;;\n", quoted_line(command.name),
                     quoted_line(flags), quoted_line(verbs));
}

} // namespace

std::string bash_completion(const CommandModel &program) {
  std::string values, words;
  for (const CommandModel *command : with_all_verbs(program)) {
    for (const OptionModel &option : command->options)
      values += values_case(*command, option);
    words += words_case(*command);
  }
  return fmt::format(script, program.name, verb_pattern(program), values, words);
}

} // namespace bootperf
