#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "report/text/paint.h"
#include "report/text/table.h"
#include "report/text/words.h"
#include "report/whatif/formats.h"

namespace bootperf {
namespace {

constexpr std::size_t most_suggestions = 10;

bool saved_when_measured(const Suggestion &suggestion) {
  return suggestion.measured && suggestion.measured->effect == LeverEffect::saves &&
         suggestion.measured->work;
}

std::string saved_text(const Suggestion &suggestion, const TextStyle &style) {
  if (!saved_when_measured(suggestion))
    return "?";
  return change_text(suggestion.measured->work->ratio, style);
}

std::string functions_of(const Suggestion &suggestion) {
  std::string text;
  for (const std::string &name : suggestion.functions)
    text += (text.empty() ? "" : ", ") + printable(name);
  return text;
}

/// The levers to try next, as a command.
std::string command_for(const std::vector<ShownSuggestion> &rows, const std::string &more_levers) {
  std::string names;
  for (const ShownSuggestion &row : rows)
    if (!row.is_known)
      names += " " + row.lever;
  if (names.empty())
    return "";
  return fmt::format("bootperf what-if{}{} --jobs 2", names,
                     more_levers.empty() ? "" : " --levers " + shell_word(printable(more_levers)));
}

} // namespace

ShownSuggestions shown_suggestions(const Suggestions &suggestions, const std::string &more_levers,
                                   const TextStyle &style) {
  ShownSuggestions shown;
  for (const Suggestion &suggestion : suggestions.suggestions) {
    if (shown.rows.size() == most_suggestions)
      break;
    shown.rows.push_back({.is_known = saved_when_measured(suggestion),
                          .saved = saved_text(suggestion, style),
                          .spent = percent_text(suggestion.spent / suggestions.instructions),
                          .lever = printable(suggestion.lever.name),
                          .what = printable(suggestion.lever.what),
                          .functions = functions_of(suggestion)});
  }
  if (shown.rows.empty()) {
    shown.sentence = "No lever touches anything that this boot executes; `bootperf what-if --list` "
                     "shows them all.";
    return shown;
  }
  shown.sentence =
      fmt::format("Of {} instructions levers touch {}.", count_text(suggestions.instructions),
                  percent_text(suggestions.touched / suggestions.instructions));
  shown.measure = command_for(shown.rows, more_levers);
  return shown;
}

std::string suggestions_text(const Suggestions &suggestions, const std::string &more_levers,
                             const TextStyle &style) {
  const ShownSuggestions shown = shown_suggestions(suggestions, more_levers, style);
  if (shown.rows.empty())
    return shown.sentence + "\n";
  Table table;
  // Where it is spent is shortened first, then goes; a name and its figures stay.
  table.fit = {{}, {}, {}, {.leaves = 2}, {.leaves = 1, .least = 12}};
  table.add({"saved", "spent", "lever", "what", "mostly in"}, Colour::faint);
  for (const ShownSuggestion &row : shown.rows)
    table.rows.push_back({{Colour::green, row.saved},
                          {Colour::plain, row.spent},
                          {Colour::bold, row.lever},
                          {Colour::plain, row.what},
                          {Colour::faint, row.functions}});
  return fmt::format("{} What to fix first:\n\n{}{}", shown.sentence, table_text(table, style),
                     shown.measure.empty() ? ""
                                           : "\nmeasure those with ?:   " + shown.measure + "\n");
}

} // namespace bootperf
