#include "report/whatif/formats.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "report/text/paint.h"
#include "report/text/table.h"
#include "report/text/words.h"
#include "report/whatif/lever_words.h"

namespace bootperf {
namespace {

/// Behind what is said of a lever in a line.
std::string wall_clause(const LeverOutcome &outcome, const TextStyle &style) {
  return outcome.wall ? ", wall time " + wall_change(*outcome.wall, style) : "";
}

Colour colour_of(LeverEffect effect) {
  switch (effect) {
  case LeverEffect::saves:
    return Colour::green;
  case LeverEffect::costs:
    return Colour::red;
  case LeverEffect::trades:
  case LeverEffect::not_known:
    return Colour::yellow;
  case LeverEffect::none:
  case LeverEffect::not_measured:
    break;
  }
  return Colour::plain;
}

std::string outcome_table(const std::vector<const LeverOutcome *> &outcomes,
                          const TextStyle &style) {
  // Quiet launches are made only where somebody asks for them.
  const bool by_the_clock = std::ranges::any_of(
      outcomes, [](const LeverOutcome *outcome) { return outcome->wall.has_value(); });
  Table table;
  // Lever, share, waiting and wall time stay; first goes who spends it, then the interval; where is
  // shortened before.
  table.fit = {{}, {}, {.leaves = 3}, {.leaves = 1}, {}};
  std::vector<std::string> header = {"lever", "work", "", "instructions", "waiting"};
  if (by_the_clock) {
    table.fit.emplace_back();
    header.emplace_back("wall time");
  }
  table.fit.insert(table.fit.end(), {{.leaves = 4}, {.leaves = 2, .least = 12}});
  header.insert(header.end(), {"of", "where"});
  table.add(header, Colour::faint);
  for (const LeverOutcome *outcome : outcomes) {
    std::vector<Segment> row = {
        {Colour::bold, printable(outcome->trial.lever)},
        {colour_of(outcome->effect), work_change(*outcome, style)},
        {Colour::faint, work_interval(*outcome, style)},
        {Colour::plain, outcome->work ? signed_count_text(outcome->work->change(), style) : ""},
        {Colour::plain, outcome->waiting ? signed_seconds(outcome->waiting->change(), style) : ""}};
    if (by_the_clock)
      row.push_back({Colour::plain, outcome->wall ? wall_change(*outcome->wall, style) : ""});
    row.push_back({Colour::plain, printable(outcome->trial.actor)});
    row.push_back({Colour::plain, places_text(*outcome, style)});
    table.rows.push_back(std::move(row));
  }
  return table_text(table, style);
}

/// Those that came up counted, all of them.
std::vector<const LeverOutcome *> failed_by_the_clock(const LeverRanking &ranking) {
  std::vector<const LeverOutcome *> found;
  for (const LeverOutcome &outcome : ranking.outcomes)
    if (outcome.wall && !outcome.wall->failure.empty())
      found.push_back(&outcome);
  return found;
}

/// What wall time is of; "" where none was measured.
std::string wall_footnote(const LeverRanking &ranking) {
  if (ranking.wall_accelerator.empty())
    return "";
  return fmt::format("Wall time is of quiet launches under {}; its intervals are of each lever "
                     "alone, at {:.0f} %. ",
                     printable(ranking.wall_accelerator), 100 * wall_confidence);
}

/// A heading, and a line a lever with what is to be said of it.
template <class Words>
std::string listed(const std::string &heading, const std::vector<const LeverOutcome *> &outcomes,
                   const TextStyle &style, Words words) {
  if (outcomes.empty())
    return "";
  std::string text = "\n" + line({{Colour::bold, heading}}, style);
  for (const LeverOutcome *outcome : outcomes)
    text += line({{Colour::plain,
                   fmt::format("  {}: {}", printable(outcome->trial.lever), words(*outcome))}},
                 style);
  return text;
}

/// Which lever the others do not get along with: left out, they come up.
std::string without_one_text(const LeverRanking &ranking, const TextStyle &style) {
  std::vector<const LeverOutcome *> up;
  for (const LeverOutcome &outcome : ranking.outcomes)
    if (outcome.trial.lever.starts_with(together_without) && outcome.work)
      up.push_back(&outcome);
  return up.empty() ? ""
                    : line({{Colour::plain, "  with one of them left out:"}}, style) +
                          outcome_table(up, style);
}

/// What all come to in one launch, and what each is worth once the others are there: by how much
/// more is executed without it.
std::string together_text(const LeverRanking &ranking, const TextStyle &style) {
  const LeverOutcome *const all = all_in_one(ranking);
  if (!all)
    return "";
  std::string text = "\n" + line({{Colour::bold, "all together"}}, style);
  if (!all->work)
    return text +
           line({{Colour::plain, "  not measured: " + printable(first_line(all->reason))}}, style) +
           without_one_text(ranking, style);
  text += outcome_table({all}, style);
  Table table;
  table.fit = {{}, {}, {.leaves = 1}};
  std::vector<std::pair<double, std::string>> worth;
  for (const LeverOutcome &outcome : ranking.outcomes)
    if (outcome.trial.lever.starts_with(together_without) && outcome.work)
      worth.emplace_back(outcome.work->current_mean - all->work->current_mean,
                         outcome.trial.lever.substr(together_without.size()));
  if (worth.empty())
    return text;
  std::ranges::sort(worth, std::greater<>());
  table.add({"lever", "worth", "once the others are there"}, Colour::faint);
  for (const auto &[instructions, lever] : worth)
    table.rows.push_back({{Colour::bold, printable(lever)},
                          {Colour::green, change_text(1 - instructions / ranking.base_work, style)},
                          {Colour::plain, signed_count_text(-instructions, style)}});
  return text + table_text(table, style);
}

/// What a guest needs that does nothing, beside the boot as it is.
std::string floor_text(const LeverRanking &ranking, const TextStyle &style) {
  if ((ranking.floor.empty() && ranking.floor_not_measured.empty()) || ranking.base_work <= 0)
    return "";
  Table table;
  table.fit = {{}, {}, {}, {}, {.leaves = 1}};
  table.add({"guest", "instructions", "of the boot", "the appliance's own", ""}, Colour::faint);
  for (const FloorGuest &guest : ranking.floor) {
    const double own = ranking.base_work - guest.work;
    table.rows.push_back(
        {{Colour::bold, printable(guest.scenario)},
         {Colour::plain, count_text(guest.work)},
         {Colour::plain, fmt::format("{:.1f} %", 100 * guest.work / ranking.base_work)},
         {Colour::plain, fmt::format("{} ({:.1f} %)", count_text(std::max(0.0, own)),
                                     100 * std::max(0.0, own) / ranking.base_work)},
         {Colour::faint, launches_text(guest.launches)}});
  }
  std::string text =
      "\n" +
      line({{Colour::bold, "the floor: a guest of this kernel that only says hello"}}, style);
  if (!ranking.floor.empty())
    text += table_text(table, style);
  TextStyle whole = style;
  whole.width = 0; // a command is not cut
  for (const auto &[guest, reason] : ranking.floor_not_measured)
    text += line({{Colour::plain, fmt::format("  {}: not measured: {}", printable(guest),
                                              printable(first_line(reason)))}},
                 whole);
  return text;
}

} // namespace

std::string ranking_text(const LeverRanking &ranking, const TextStyle &style) {
  const auto with = [&](LeverEffect effect) { return of_effect(ranking, effect); };
  std::string text =
      line({{Colour::bold, ranking_sentence(ranking, style)}}, {style.colour, style.utf8, 0}) +
      "\n";
  if (const auto saving = with(LeverEffect::saves); !saving.empty())
    text += outcome_table(saving, style);
  if (const auto trading = with(LeverEffect::trades); !trading.empty())
    text += "\n" + line({{Colour::bold, "saves the one and costs the other"}}, style) +
            outcome_table(trading, style);
  if (const auto costing = with(LeverEffect::costs); !costing.empty())
    text += "\n" + line({{Colour::bold, "costs"}}, style) + outcome_table(costing, style);
  text += together_text(ranking, style);
  text += floor_text(ranking, style);
  text += listed("no change", with(LeverEffect::none), style, [&](const LeverOutcome &outcome) {
    return fmt::format("{} of the work ({}){}", work_change(outcome, style),
                       work_interval(outcome, style), wall_clause(outcome, style));
  });
  text +=
      listed("not known", with(LeverEffect::not_known), style, [&](const LeverOutcome &outcome) {
        return fmt::format("{} of the work ({}){}: {}", work_change(outcome, style),
                           work_interval(outcome, style), wall_clause(outcome, style),
                           printable(first_line(outcome.reason)));
      });
  text += listed("not measured", with(LeverEffect::not_measured), style,
                 [&](const LeverOutcome &outcome) {
                   return printable(first_line(outcome.reason)) + wall_clause(outcome, style);
                 });
  text += listed(
      "did not come up by the clock", failed_by_the_clock(ranking), style,
      [](const LeverOutcome &outcome) { return printable(first_line(outcome.wall->failure)); });
  TextStyle whole = style;
  whole.width = 0; // what somebody has to do is not cut
  text += listed("to adopt", with(LeverEffect::saves), whole, [](const LeverOutcome &outcome) {
    return printable(outcome.trial.adopt.empty() ? outcome.trial.what : outcome.trial.adopt);
  });
  return text + fmt::format("\n{} of the boot as it is. {}Of {:.0f} such sessions at most one "
                            "finds a change where "
                            "there is none.\n",
                            launches_text(ranking.base_launches), wall_footnote(ranking),
                            1 / ranking.alpha);
}

std::string levers_text(const std::vector<Lever> &levers, const TextStyle &style) {
  std::string text;
  TextStyle whole = style;
  whole.width = 0;
  for (const Lever &lever : levers) {
    text += line({{Colour::bold, printable(lever.name)},
                  {Colour::faint, " (" + printable(lever.actor) + ")"},
                  {Colour::plain, ": " + printable(lever.what)}},
                 whole);
    text += line({{Colour::plain, "    " + printable(lever.adopt)}}, whole);
  }
  return text;
}

} // namespace bootperf
