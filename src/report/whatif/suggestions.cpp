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

std::string saved_text(const Suggestion &suggestion, const TextStyle &style) {
  if (!suggestion.measured || !suggestion.measured->work)
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
std::string next_command(const std::vector<Suggestion> &shown) {
  std::string names;
  for (const Suggestion &suggestion : shown)
    if (!suggestion.measured)
      names += " " + printable(suggestion.lever.name);
  return names.empty()
             ? ""
             : fmt::format("\nmeasure those with ?:   bootperf what-if{} --jobs 2\n", names);
}

} // namespace

std::string suggestions_text(const Suggestions &suggestions, const TextStyle &style) {
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
                     table_text(table, style), next_command(shown));
}

} // namespace bootperf
