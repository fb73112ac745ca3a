#include "cli/documentation.h"

#include <algorithm>
#include <sstream>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bootperf {
namespace {

// A backslash begins an escape, a hyphen would be set as a dash that cannot be copied, and a line
// that begins with a dot or a quote is a request.
std::string roff(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte == '\\')
      out += "\\e";
    else if (byte == '-')
      out += "\\-";
    else if ((byte == '.' || byte == '\'') && (out.empty() || out.back() == '\n'))
      out += std::string("\\&") + byte;
    else
      out += byte;
  }
  return out;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

std::string page_name(const CommandModel &command) {
  std::string name = command.name;
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

/// Descriptions of verbs end without a full stop, in `--help`.
std::string sentence(const std::string &description) {
  return roff(description) + (description.ends_with('.') ? "" : ".");
}

std::string value_text(const OptionModel &option) {
  if (!option.choices.empty() && !option.is_positional())
    return fmt::format("\\fI{}\\fR", roff(fmt::format("{}", fmt::join(option.choices, "|"))));
  return fmt::format("\\fI{}\\fR", roff(option.value));
}

std::string synopsis(const CommandModel &command) {
  std::string text = "\\fB" + roff(command.name) + "\\fR";
  if (!command.verbs.empty())
    return text + " \\fIverb\\fR [\\fIoptions\\fR]";
  for (const OptionModel &option : command.options) {
    if (option.is_positional() || !option.required)
      continue;
    text += " \\fB" + roff(option.names.front()) + "\\fR " + value_text(option);
  }
  text += " [\\fIoptions\\fR]";
  for (const OptionModel &option : command.options) {
    if (!option.is_positional())
      continue;
    const std::string value = value_text(option) + (option.is_repeatable ? "..." : "");
    text += option.required ? " " + value : " [" + value + "]";
  }
  return text;
}

std::string option_text(const OptionModel &option) {
  std::string tag;
  for (const std::string &name : option.names)
    tag += (tag.empty() ? "" : ", ") + ("\\fB" + roff(name) + "\\fR");
  if (!option.value.empty())
    tag += (tag.empty() ? "" : " ") + value_text(option);
  return ".TP\n" + tag + "\n" + roff(option.description) + "\n";
}

std::string options_text(const CommandModel &command) {
  std::string text;
  for (const bool is_positional : {true, false}) {
    std::string part;
    for (const OptionModel &option : command.options) {
      if (option.is_positional() == is_positional)
        part += option_text(option);
    }
    if (!part.empty())
      text += (is_positional ? ".SH ARGUMENTS\n" : ".SH OPTIONS\n") + part;
  }
  return text;
}

std::string verbs_text(const CommandModel &command) {
  std::string text = command.verbs.empty() ? "" : ".SH VERBS\n";
  for (const CommandModel &verb : command.verbs)
    text += fmt::format(".TP\n\\fB{}\\fR(1)\n{}\n", roff(page_name(verb)), roff(verb.description));
  return text;
}

std::string paragraph_text(const HelpParagraph &paragraph) {
  std::string text = ".SH " + upper(paragraph.title) + "\n";
  const bool is_list = paragraph.text.starts_with("  ");
  if (!is_list)
    return text + roff(paragraph.text) + "\n";
  text += ".nf\n";
  std::istringstream lines(paragraph.text);
  for (std::string line; std::getline(lines, line);)
    text += roff(line.starts_with("  ") ? line.substr(2) : line) + "\n";
  return text + ".fi\n";
}

bool has(const CommandModel &command, const std::string &title) {
  return std::any_of(command.paragraphs.begin(), command.paragraphs.end(),
                     [&](const HelpParagraph &paragraph) { return paragraph.title == title; });
}

ManPage page(const CommandModel &command, const CommandModel &program, const std::string &release) {
  std::string text = fmt::format(".TH {} 1 \"\" \"{}\" \"User Commands\"\n",
                                 upper(roff(page_name(command))), roff(release));
  text += fmt::format(".SH NAME\n{} \\- {}\n", roff(page_name(command)),
                      roff(first_clause(command.description)));
  text += ".SH SYNOPSIS\n" + synopsis(command) + "\n";
  text += ".SH DESCRIPTION\n" + sentence(command.description) + "\n";
  text += options_text(command) + verbs_text(command);
  for (const HelpParagraph &paragraph : command.paragraphs)
    text += paragraph_text(paragraph);
  // Exit codes are the same in every verb.
  if (!has(command, "Exit status")) {
    for (const HelpParagraph &paragraph : program.paragraphs)
      text += paragraph.title == "Exit status" ? paragraph_text(paragraph) : "";
  }
  if (&command != &program)
    text += ".SH SEE ALSO\n\\fB" + roff(program.name) + "\\fR(1)\n";
  return {page_name(command) + ".1", text};
}

} // namespace

std::vector<ManPage> man_pages(const CommandModel &program, const std::string &release) {
  std::vector<ManPage> pages;
  for (const CommandModel *command : with_all_verbs(program))
    pages.push_back(page(*command, program, release));
  return pages;
}

} // namespace bootperf
