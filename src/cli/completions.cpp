#include "cli/documentation.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"

namespace bootperf {
namespace {

/// A text as one word of one line that bash, zsh and fish read as it is.
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

// bash

// Finds the verb that is meant, then answers by the word before the cursor. No answer leaves file
// names to bash.
constexpr const char *bash_script = R"(# bash completion for {0}; made by `{0} completion bash`
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

// zsh

// Finds the verb that is meant, and lets _arguments see only the words behind it.
constexpr const char *zsh_script = R"(#compdef {0}
# zsh completion for {0}; made by `{0} completion zsh`
_{0}() {{
  local command={0} word at=1 i
  local -a verbs
  for (( i = 2; i < CURRENT; ++i )); do
    word=$words[i]
    case "$command $word" in
      {1}) command="$command $word" at=$i ;;
    esac
  done
  (( at > 1 )) && shift $(( at - 1 )) words && (( CURRENT -= at - 1 ))
  case $command in
{2}  esac
}}
_{0} "$@"
)";

// Brackets and colons have a meaning of their own in what _arguments and _describe take.
std::string plain(const std::string &text) {
  std::string out;
  for (const char byte : text) {
    if (byte == ':' || byte == '[' || byte == ']' || byte == '\\')
      out += '\\';
    out += byte;
  }
  return out;
}

std::string value_spec(const OptionModel &option) {
  if (option.value.empty())
    return "";
  const std::string action =
      option.choices.empty() ? "_files" : fmt::format("({})", fmt::join(option.choices, " "));
  return fmt::format(":{}:{}", plain(option.value), action);
}

std::string argument_specs(const OptionModel &option) {
  if (option.is_positional())
    return " \\\n        " + quoted_line((option.is_repeatable ? "*" : "") + value_spec(option));
  std::string specs;
  for (const std::string &name : option.names)
    specs += " \\\n        " +
             quoted_line(fmt::format("{}{}[{}]{}", option.value.empty() ? "" : "*", name,
                                     plain(option.description), value_spec(option)));
  return specs;
}

std::string command_case(const CommandModel &command) {
  std::string text = fmt::format("    ({})\n", quoted_line(command.name));
  if (!command.verbs.empty()) {
    text += "      verbs=(";
    for (const CommandModel &verb : command.verbs)
      text += "\n        " + quoted_line(verb.verb() + ":" + plain(first_clause(verb.description)));
    text += ")\n      if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
            "        _describe verb verbs\n        return\n      fi\n";
  }
  text += "      _arguments";
  for (const OptionModel &option : command.options)
    text += argument_specs(option);
  return text + " ;;\n";
}

// fish

// fish asks of each line below whether it holds here: whether this verb is the one that is meant.
constexpr const char *fish_script = R"(# fish completion for {0}; made by `{0} completion fish`
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

std::string bash_completion(const CommandModel &program) {
  std::string values, words;
  for (const CommandModel *command : with_all_verbs(program)) {
    for (const OptionModel &option : command->options)
      values += values_case(*command, option);
    words += words_case(*command);
  }
  return fmt::format(bash_script, program.name, verb_pattern(program), values, words);
}

std::string zsh_completion(const CommandModel &program) {
  std::string cases;
  for (const CommandModel *command : with_all_verbs(program))
    cases += command_case(*command);
  return fmt::format(zsh_script, program.name, verb_pattern(program), cases);
}

std::string fish_completion(const CommandModel &program) {
  std::string names, lines;
  for (const CommandModel *command : with_all_verbs(program)) {
    if (command != &program)
      names += (names.empty() ? "" : " ") + quoted_line(command->name);
    lines += command_lines(program, *command);
  }
  return fmt::format(fish_script, program.name, names) + lines;
}

} // namespace bootperf
