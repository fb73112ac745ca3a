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

namespace bootperf {
namespace {

std::string signed_seconds(double nanoseconds, const TextStyle &style) {
  constexpr double nothing = 0.005; // what two places do not show
  const double seconds = nanoseconds * 1e-9;
  if (std::abs(seconds) < nothing)
    return "0.00 s";
  return fmt::format("{}{:.2f} s", seconds < 0 ? glyphs(style).minus : "+", std::abs(seconds));
}

/// "−25.3 %", with the half of its interval.
std::string saved_share(const LeverOutcome &outcome, const TextStyle &style) {
  return outcome.work ? change_text(outcome.work->ratio, style) : "";
}

std::string interval(const LeverOutcome &outcome, const TextStyle &style) {
  return outcome.work
             ? fmt::format("{}{:.2f} %", glyphs(style).plus_minus, 100 * outcome.work->half_width)
             : "";
}

/// "−11.2 % (−13.0 % to −9.4 %)". Of few blocks nobody knows more than that.
std::string wall_text(const WallTime &wall, const TextStyle &style) {
  if (!wall.failure.empty())
    return "did not come up";
  if (wall.blocks < least_wall_blocks)
    return fmt::format("{} block{} only", wall.blocks, wall.blocks == 1 ? "" : "s");
  return fmt::format("{} ({} to {})", change_text(wall.ratio, style), change_text(wall.low, style),
                     change_text(wall.high, style));
}

/// Behind what is said of a lever in a line.
std::string wall_clause(const LeverOutcome &outcome, const TextStyle &style) {
  return outcome.wall ? ", wall time " + wall_text(*outcome.wall, style) : "";
}

std::string places_text(const LeverOutcome &outcome, const TextStyle &style) {
  std::string text;
  const std::string &below = glyphs(style).below;
  for (const PhaseVerdict &place : outcome.places) {
    // What it lies in is long, and mostly known.
    std::string name = short_phase(place.phase, style);
    if (const std::size_t last = name.rfind(below); last != std::string::npos)
      name.erase(0, name.find_first_not_of(' ', last + below.size()));
    text += (text.empty() ? "" : ", ") + name;
  }
  return text;
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
        {colour_of(outcome->effect), saved_share(*outcome, style)},
        {Colour::faint, interval(*outcome, style)},
        {Colour::plain, outcome->work ? signed_count_text(outcome->work->change(), style) : ""},
        {Colour::plain, outcome->waiting ? signed_seconds(outcome->waiting->change(), style) : ""}};
    if (by_the_clock)
      row.push_back({Colour::plain, outcome->wall ? wall_text(*outcome->wall, style) : ""});
    row.push_back({Colour::plain, printable(outcome->trial.actor)});
    row.push_back({Colour::plain, places_text(*outcome, style)});
    table.rows.push_back(std::move(row));
  }
  return table_text(table, style);
}

bool is_not_measured(const LeverOutcome &outcome) {
  return outcome.effect == LeverEffect::not_measured;
}

bool is_combination(const LeverOutcome &outcome) {
  return outcome.trial.lever.starts_with(all_together);
}

/// Levers by themselves.
std::vector<const LeverOutcome *> of_effect(const LeverRanking &ranking, LeverEffect effect) {
  std::vector<const LeverOutcome *> found;
  for (const LeverOutcome &outcome : ranking.outcomes)
    if (outcome.effect == effect && !is_combination(outcome))
      found.push_back(&outcome);
  return found;
}

/// Those that save, all in one launch; null where that was not tried.
const LeverOutcome *all_in_one(const LeverRanking &ranking) {
  const auto found = std::ranges::find_if(ranking.outcomes, [](const LeverOutcome &outcome) {
    return outcome.trial.lever == all_together;
  });
  return found == ranking.outcomes.end() ? nullptr : &*found;
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

/// What a lever saves, for the sentence at the top: its work, where that is worth to be said.
std::string saved_text(const LeverOutcome &outcome, const TextStyle &style) {
  const bool less_work = outcome.work && outcome.work->ratio <= 1 - least_work_saved;
  if (outcome.waiting && !less_work)
    return signed_seconds(outcome.waiting->change(), style) + " of waiting";
  return fmt::format("{} instructions ({})",
                     signed_count_text(outcome.work ? outcome.work->change() : 0, style),
                     saved_share(outcome, style));
}

std::string sentence_of(const LeverRanking &ranking, const TextStyle &style) {
  const auto saving = of_effect(ranking, LeverEffect::saves);
  const std::string boot = fmt::format("The boot executes {} instructions and waits {:.2f} s",
                                       count_text(ranking.base_work), ranking.base_waiting * 1e-9);
  if (std::ranges::all_of(ranking.outcomes, is_not_measured))
    return boot + "; none of these levers could be measured.";
  if (saving.empty() && !of_effect(ranking, LeverEffect::not_known).empty())
    return boot + "; what the levers save these launches cannot tell yet.";
  if (saving.empty())
    return boot + "; none of these levers saves any of it.";
  const LeverOutcome *const all = all_in_one(ranking);
  return fmt::format("{}; {} would save most: {}{}.", boot, printable(saving.front()->trial.lever),
                     saved_text(*saving.front(), style),
                     all && all->work ? "; all together: " + saved_text(*all, style) : "");
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
      line({{Colour::bold, sentence_of(ranking, style)}}, {style.colour, style.utf8, 0}) + "\n";
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
    return fmt::format("{} of the work ({}){}", saved_share(outcome, style),
                       interval(outcome, style), wall_clause(outcome, style));
  });
  text +=
      listed("not known", with(LeverEffect::not_known), style, [&](const LeverOutcome &outcome) {
        return fmt::format("{} of the work ({}){}: {}", saved_share(outcome, style),
                           interval(outcome, style), wall_clause(outcome, style),
                           printable(first_line(outcome.reason)));
      });
  text += listed("not measured", with(LeverEffect::not_measured), style,
                 [](const LeverOutcome &outcome) { return printable(first_line(outcome.reason)); });
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
