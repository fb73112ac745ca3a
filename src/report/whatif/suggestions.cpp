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
std::string next_command(const std::vector<Suggestion> &shown, const std::string &more_levers) {
  std::string names;
  for (const Suggestion &suggestion : shown)
    if (!saved_when_measured(suggestion))
      names += " " + printable(suggestion.lever.name);
  if (names.empty())
    return "";
  return fmt::format("\nmeasure those with ?:   bootperf what-if{}{} --jobs 2\n", names,
                     more_levers.empty() ? "" : " --levers " + shell_word(printable(more_levers)));
}

} // namespace

std::string suggestions_text(const Suggestions &suggestions, const std::string &more_levers,
                             const TextStyle &style) {
  std::vector<Suggestion> shown = suggestions.suggestions;
  if (shown.size() > most_suggestions)
    shown.resize(most_suggestions);
  if (shown.empty())
    return "No lever touches anything that this boot executes; `bootperf what-if --list` shows "
           "them all.\n";
  Table table;
  // Where it is spent is shortened first, then goes; a name and its figures stay.
  table.fit = {{}, {}, {}, {.leaves = 2}, {.leaves = 1, .least = 12}};
  table.add({"saved", "spent", "lever", "what", "mostly in"}, Colour::faint);
  for (const Suggestion &suggestion : shown)
    table.rows.push_back(
        {{Colour::green, saved_text(suggestion, style)},
         {Colour::plain, percent_text(suggestion.spent / suggestions.instructions)},
         {Colour::bold, printable(suggestion.lever.name)},
         {Colour::plain, printable(suggestion.lever.what)},
         {Colour::faint, functions_of(suggestion)}});
  return fmt::format("Of {} instructions levers touch {}. What to fix first:\n\n{}{}",
                     count_text(suggestions.instructions),
                     percent_text(suggestions.touched / suggestions.instructions),
                     table_text(table, style), next_command(shown, more_levers));
}

} // namespace bootperf
