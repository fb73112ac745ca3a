#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/profile/formats.h"
#include "report/text/escape.h"
#include "report/text/paint.h"
#include "report/text/table.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

constexpr std::size_t widest_place = 48;

std::string remark(const FunctionChange &change) {
  if (change.is_new)
    return "new";
  if (change.is_gone)
    return "gone";
  return change.moved_from.empty() ? "" : "from " + short_object(change.moved_from);
}

std::string functions_word(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "function" : "functions");
}

std::string left_out(const ProfileDifference &difference, const TextStyle &style) {
  std::string text;
  if (difference.within_noise > 0)
    text += functions_word(difference.within_noise) + " within noise";
  if (difference.small > 0)
    text += (text.empty() ? "" : ", ") + functions_word(difference.small) + " too small to show";
  return text.empty() ? ""
                      : fmt::format("left out: {}; together {}\n", text,
                                    signed_count_text(difference.rest, style));
}

} // namespace

std::string difference_text(const ProfileDifference &difference, std::size_t most,
                            const TextStyle &style) {
  const double by = difference.head - difference.base;
  std::string text = fmt::format(
      "base {}, head {} instructions of work: {} ({})", count_text(difference.base),
      count_text(difference.head), signed_count_text(by, style),
      (by < 0 ? glyphs(style).minus : "+") + percent_text(std::abs(by) / difference.base));
  text +=
      difference.knows_noise
          ? fmt::format("; launches of one side differ by {}\n", count_text(difference.noise))
          : "\nWARNING: one launch of a side says nothing of how far launches vary; record two\n";
  if (difference.changes.empty())
    return text + "no function changed beyond its noise\n" + left_out(difference, style);
  Table table;
  table.fit = {{},
               {.leaves = 2},
               {.leaves = 2},
               {.leaves = 3},
               {.least = 20},
               {.leaves = 1},
               {.leaves = 1},
               {.leaves = 4}};
  table.add({"change", "base", "head", "noise", "function", "object", "", "mostly in"},
            Colour::bold);
  for (std::size_t i = 0; i < std::min(most, difference.changes.size()); ++i) {
    const FunctionChange &change = difference.changes[i];
    table.add({pad_left(signed_count_text(change.change(), style), 9),
               pad_left(count_text(change.base), 7), pad_left(count_text(change.head), 7),
               difference.knows_noise ? pad_left(count_text(change.noise), 7) : "",
               printable(change.function.name), short_object(change.function.object),
               remark(change), short_phase(change.phase, style, widest_place)},
              change.change() > 0 ? Colour::red : Colour::green);
  }
  text += '\n' + table_text(table, style);
  if (difference.changes.size() > most)
    text += fmt::format("and {} more\n", difference.changes.size() - most);
  return text + left_out(difference, style);
}

std::string difference_json(const ProfileDifference &difference) {
  nlohmann::ordered_json json = {
      {"profile_difference", 1}, {"base", difference.base}, {"head", difference.head}};
  if (difference.knows_noise)
    json["noise"] = difference.noise;
  json["base_spinning"] = difference.base_spinning;
  json["head_spinning"] = difference.head_spinning;
  json["changes"] = nlohmann::ordered_json::array();
  for (const FunctionChange &change : difference.changes) {
    nlohmann::ordered_json row = {{"object", change.function.object},
                                  {"function", change.function.name}};
    if (!change.moved_from.empty())
      row["moved_from"] = change.moved_from;
    row["base"] = change.base;
    row["head"] = change.head;
    row["change"] = change.change();
    if (difference.knows_noise)
      row["noise"] = change.noise;
    row["new"] = change.is_new;
    row["gone"] = change.is_gone;
    row["phase"] = change.phase;
    json["changes"].push_back(std::move(row));
  }
  json["within_noise"] = difference.within_noise;
  json["small"] = difference.small;
  json["rest"] = difference.rest;
  return json_text(json);
}

} // namespace bootperf
