#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/completion.h"
#include "cli/shell_words.h"

namespace bootperf {
namespace {

// Finds the verb that is meant, and lets _arguments see only the words behind it.
constexpr const char *script = R"(#compdef {0}
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

} // namespace

std::string zsh_completion(const CommandModel &program) {
  std::string cases;
  for (const CommandModel *command : with_all_verbs(program))
    cases += command_case(*command);
  return fmt::format(script, program.name, verb_pattern(program), cases);
}

} // namespace bootperf
