#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace bootperf {

/// A flag, an option or a positional argument, as people type it.
struct OptionModel {
  std::vector<std::string> names;   ///< "--format", "-o"; empty for a positional argument
  std::string value;                ///< "TEXT", "FILE"; "" for a flag
  std::vector<std::string> choices; ///< the only values there are; empty: any
  std::string description;
  bool required = false;
  bool is_repeatable = false; ///< takes several values

  bool is_positional() const { return names.empty(); }
};

/// What a command's help says below its options, taken apart at its empty lines.
struct HelpParagraph {
  std::string title; ///< "Examples", "Exit status"
  std::string text;  ///< without the title; lines as they are
};

/// The program or one of its verbs, out of the definition that also parses the command line: man
/// pages and completions are made of it, so that they cannot say anything else.
struct CommandModel {
  std::string name; ///< in full: "bootperf baseline update"
  std::string description;
  std::vector<OptionModel> options;
  std::vector<CommandModel> verbs; ///< without hidden ones
  std::vector<HelpParagraph> paragraphs;

  /// The last word of the name.
  std::string verb() const;
};

CommandModel command_model(const CLI::App &program);

/// The command, its verbs and theirs, each before its own verbs.
std::vector<const CommandModel *> with_all_verbs(const CommandModel &command);

/// What a description says up to its first colon, semicolon or full stop, in one line.
std::string first_clause(const std::string &description);

} // namespace bootperf
