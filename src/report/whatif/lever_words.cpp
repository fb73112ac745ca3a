#include "report/whatif/lever_words.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "report/text/paint.h"
#include "report/text/words.h"
#include "whatif/lever.h"

namespace bootperf {
namespace {

bool is_not_measured(const LeverOutcome &outcome) {
  return outcome.effect == LeverEffect::not_measured;
}

bool is_combination(const LeverOutcome &outcome) {
  return outcome.trial.lever.starts_with(all_together);
}

} // namespace

std::string signed_seconds(double nanoseconds, const TextStyle &style) {
  constexpr double nothing = 0.005; // what two places do not show
  const double seconds = nanoseconds * 1e-9;
  if (std::abs(seconds) < nothing)
    return "0.00 s";
  return fmt::format("{}{:.2f} s", seconds < 0 ? glyphs(style).minus : "+", std::abs(seconds));
}

std::string work_change(const LeverOutcome &outcome, const TextStyle &style) {
  return outcome.work ? change_text(outcome.work->ratio, style) : "";
}

std::string work_interval(const LeverOutcome &outcome, const TextStyle &style) {
  return outcome.work
             ? fmt::format("{}{:.2f} %", glyphs(style).plus_minus, 100 * outcome.work->half_width)
             : "";
}

std::string wall_change(const WallTime &wall, const TextStyle &style) {
  if (!wall.failure.empty())
    return "did not come up";
  if (wall.blocks < least_wall_blocks)
    return fmt::format("{} block{} only", wall.blocks, wall.blocks == 1 ? "" : "s");
  return fmt::format("{} ({} to {})", change_text(wall.ratio, style), change_text(wall.low, style),
                     change_text(wall.high, style));
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

std::vector<const LeverOutcome *> of_effect(const LeverRanking &ranking, LeverEffect effect) {
  std::vector<const LeverOutcome *> found;
  for (const LeverOutcome &outcome : ranking.outcomes)
    if (outcome.effect == effect && !is_combination(outcome))
      found.push_back(&outcome);
  return found;
}

const LeverOutcome *all_in_one(const LeverRanking &ranking) {
  const auto found = std::ranges::find_if(ranking.outcomes, [](const LeverOutcome &outcome) {
    return outcome.trial.lever == all_together;
  });
  return found == ranking.outcomes.end() ? nullptr : &*found;
}

namespace {

/// What a lever saves, for the sentence at the top: its work, where that is worth to be said.
std::string saved_text(const LeverOutcome &outcome, const TextStyle &style) {
  const bool less_work = outcome.work && outcome.work->ratio <= 1 - least_work_saved;
  if (outcome.waiting && !less_work)
    return signed_seconds(outcome.waiting->change(), style) + " of waiting";
  return fmt::format("{} instructions ({})",
                     signed_count_text(outcome.work ? outcome.work->change() : 0, style),
                     work_change(outcome, style));
}

} // namespace

std::string ranking_sentence(const LeverRanking &ranking, const TextStyle &style) {
  const auto saving = of_effect(ranking, LeverEffect::saves);
  const std::string boot = fmt::format("The boot executes {} instructions and waits {:.2f} s",
                                       count_text(ranking.base_work), ranking.base_waiting * 1e-9);
  if (std::ranges::all_of(ranking.outcomes, is_not_measured))
    return boot + (std::ranges::any_of(
                       ranking.outcomes,
                       [](const LeverOutcome &outcome) { return outcome.wall.has_value(); })
                       ? "; what could be launched by the clock alone is below."
                       : "; none of these levers could be measured.");
  if (saving.empty() && !of_effect(ranking, LeverEffect::not_known).empty())
    return boot + "; what the levers save these launches cannot tell yet.";
  if (saving.empty())
    return boot + "; none of these levers saves any of it.";
  const LeverOutcome *const all = all_in_one(ranking);
  return fmt::format("{}; {} would save most: {}{}.", boot, printable(saving.front()->trial.lever),
                     saved_text(*saving.front(), style),
                     all && all->work ? "; all together: " + saved_text(*all, style) : "");
}

} // namespace bootperf
