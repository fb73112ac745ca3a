#include "cli/command_model.h"

#include <algorithm>
#include <sstream>
#include <string_view>

#include <CLI/CLI.hpp>

namespace bootperf {
namespace {

// A check of a value adds itself to the type's name: "TEXT:{text,json}", "INT:INT in [1 - 9]".
std::vector<std::string> choices_in(const std::string &type) {
  const std::size_t open = type.find('{'), close = type.find('}');
  std::vector<std::string> choices;
  if (open == std::string::npos || close == std::string::npos || close < open)
    return choices;
  std::istringstream list(type.substr(open + 1, close - open - 1));
  for (std::string choice; std::getline(list, choice, ',');)
    choices.push_back(choice);
  return choices;
}

OptionModel option_model(const CLI::Option &option) {
  OptionModel model;
  for (const std::string &name : option.get_snames())
    model.names.push_back("-" + name);
  for (const std::string &name : option.get_lnames())
    model.names.push_back("--" + name);
  const std::string type = option.get_type_name();
  if (model.is_positional())
    model.value = option.get_name();
  else if (option.get_items_expected_max() > 0)
    model.value = type.substr(0, type.find_first_of(": "));
  model.choices = choices_in(type);
  model.description = option.get_description();
  model.required = option.get_required();
  model.is_repeatable = option.get_items_expected_max() > 1;
  return model;
}

// Behind the colon stands one space or one end of line.
std::vector<HelpParagraph> paragraphs_of(std::string_view text) {
  std::vector<HelpParagraph> paragraphs;
  while (!text.empty()) {
    const std::size_t end = text.find("\n\n");
    const std::string_view paragraph = text.substr(0, end);
    // "Title:\n  lines" or "Title: text"; what has no title is shown by --help alone.
    const std::size_t colon = paragraph.find(':');
    if (colon != std::string_view::npos && colon + 1 < paragraph.size())
      paragraphs.push_back(
          {std::string(paragraph.substr(0, colon)), std::string(paragraph.substr(colon + 2))});
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 2);
  }
  return paragraphs;
}

CommandModel model_of(const CLI::App &command, const std::string &name) {
  CommandModel model;
  model.name = name;
  model.description = command.get_description();
  for (const CLI::Option *option : command.get_options()) {
    if (!option->get_group().empty())
      model.options.push_back(option_model(*option));
  }
  for (const CLI::App *verb : command.get_subcommands([](const CLI::App *) { return true; })) {
    if (!verb->get_group().empty())
      model.verbs.push_back(model_of(*verb, name + " " + verb->get_name()));
  }
  model.paragraphs = paragraphs_of(command.get_footer());
  return model;
}

} // namespace

std::string CommandModel::verb() const {
  const std::size_t space = name.rfind(' ');
  return space == std::string::npos ? name : name.substr(space + 1);
}

CommandModel command_model(const CLI::App &program) {
  return model_of(program, program.get_name());
}

std::vector<const CommandModel *> with_all_verbs(const CommandModel &command) {
  std::vector<const CommandModel *> all = {&command};
  for (const CommandModel &verb : command.verbs) {
    const std::vector<const CommandModel *> below = with_all_verbs(verb);
    all.insert(all.end(), below.begin(), below.end());
  }
  return all;
}

std::string first_clause(const std::string &description) {
  std::string clause = description.substr(0, description.find_first_of(";:."));
  std::replace(clause.begin(), clause.end(), '\n', ' ');
  return clause;
}

} // namespace bootperf
