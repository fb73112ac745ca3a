#include "report/check/sentence.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "profile/profile.h"
#include "report/check/findings.h"
#include "report/profile/formats.h"
#include "report/text/words.h"
#include "session/collect.h"

namespace bootperf {
namespace {

/// A sentence names so many places; the table has all.
constexpr std::size_t most_places_named = 3;
/// Of a place's additional work: what is in no function by so much is spread, and not in one place.
constexpr double least_in_one_function = 0.5;

/// ", 27.90 M of them in gawk"; "" where no function has most of it, or none was looked for.
std::string main_function_text(const PhaseVerdict &place) {
  if (!place.functions || place.functions->functions.empty())
    return "";
  const ChangedFunction &largest = place.functions->functions.front();
  const std::string object = short_object(largest.object);
  const bool is_spread = largest.change() < least_in_one_function * place.functions->change();
  // Of what has neither name nor file there is nothing to look up.
  const bool is_unknown = largest.name == unknown_code && object.starts_with('(');
  if (is_spread || is_unknown || largest.name == other_functions)
    return "";
  const bool is_file = largest.name == unknown_code;
  // One launch is not the mean of several: it can show more than they do.
  const std::string much =
      largest.change() > place.change() ? "most" : count_text(largest.change());
  return fmt::format(", {} of them in {}", much,
                     is_file ? object : fmt::format("{} ({})", printable(largest.name), object));
}

/// "/init › udev-overhead waits 3.02 s more", "… executes 28.00 M instructions more (+1.1 %), 27.90
/// M of them in gawk", "… takes 4.4 s more (+46.3 %)".
std::string place_text(const PhaseVerdict &gated, Metric metric, const TextStyle &style) {
  const PhaseVerdict &place = told_place(gated);
  const double change = place.change();
  const std::string much = mean_text(std::abs(change), place, metric);
  const char *more = change < 0 ? "less" : "more";
  const std::string name = short_phase(place.phase, style);
  if (place.waiting)
    return fmt::format("{} waits {} {}", name, much, more);
  if (metric == Metric::instructions)
    return fmt::format("{} executes {} instructions {} ({}){}", name, much, more,
                       change_text(place, style), main_function_text(place));
  return fmt::format("{} takes {} {} ({})", name, much, more, change_text(place, style));
}

/// Where it moved: the innermost gates, each once.
std::vector<std::string> places_of(const ScenarioCheck &check, Verdict verdict,
                                   const TextStyle &style) {
  std::vector<std::string> texts;
  for (const PhaseVerdict *phase : unexplained(check)) {
    if (phase->verdict != verdict || !has_numbers(*phase))
      continue;
    std::string text = place_text(*phase, check.metric, style);
    if (std::ranges::find(texts, text) == texts.end())
      texts.push_back(std::move(text));
  }
  if (texts.size() > most_places_named) {
    const std::size_t others = texts.size() - most_places_named;
    texts.resize(most_places_named);
    texts.push_back(fmt::format("and {} other{}", others, others == 1 ? "" : "s"));
  }
  return texts;
}

/// Time where time was judged: wall time, or how long the launch waits.
std::string how_much(const ScenarioCheck &check, Verdict verdict) {
  const PhaseVerdict *launch = judged_launch(check, check.metric == Metric::instructions);
  if (launch == nullptr || launch->verdict != verdict)
    return "";
  return value_text(std::abs(launch->change()), Metric::wall) + " ";
}

/// "a change of 0.4 % or a wait of 23.0 ms": what these launches would have shown.
std::string seen_text(const ScenarioCheck &check, const char *what = "a change of ") {
  std::vector<std::string> sizes;
  for (const bool waiting : {false, true})
    if (const PhaseVerdict *launch = judged_launch(check, waiting);
        launch != nullptr && std::isfinite(launch->smallest_detectable))
      sizes.push_back((waiting ? "a wait of " : what) +
                      share_text(launch->smallest_detectable, *launch));
  return fmt::format("{}", fmt::join(sizes, " or "));
}

std::string moved_sentence(const ScenarioCheck &check, const char *word, const TextStyle &style) {
  std::string text = fmt::format("Boot is {}{}: {}", how_much(check, check.verdict), word,
                                 fmt::join(places_of(check, check.verdict, style), "; "));
  if (const std::string seen = seen_text(check); !seen.empty())
    text += fmt::format("; {} would have been seen", seen);
  return text + ".";
}

std::string pass_sentence(const ScenarioCheck &check) {
  const std::string seen = seen_text(check, "a slow-down of ");
  std::string text = check.moved.empty() ? "No change" : "No gated phase is slower";
  if (!seen.empty())
    text += fmt::format(": {} would have been seen", seen);
  if (!check.moved.empty())
    text += fmt::format("; {} moved within what is tolerated",
                        check.moved.size() == 1 ? "1 phase"
                                                : fmt::format("{} phases", check.moved.size()));
  return text + ".";
}

std::string inconclusive_sentence(const ScenarioCheck &check) {
  const std::string seen = seen_text(check);
  return seen.empty()
             ? "Not decided: these launches cannot tell."
             : fmt::format("Not decided; of the launch as a whole {} would have been seen.", seen);
}

} // namespace

const PhaseVerdict *judged_launch(const ScenarioCheck &check, bool waiting) {
  const auto found = std::ranges::find_if(check.phases, [&](const PhaseVerdict &phase) {
    return phase.phase == launch_id && phase.waiting == waiting && has_numbers(phase);
  });
  return found == check.phases.end() ? nullptr : &*found;
}

bool says_what_is_seen(const ScenarioCheck &check) {
  return check.verdict != Verdict::not_measured && !seen_text(check).empty();
}

std::string verdict_sentence(const ScenarioCheck &check, const TextStyle &style) {
  switch (check.verdict) {
  case Verdict::regressed:
    return moved_sentence(check, "slower", style);
  case Verdict::improved:
    return moved_sentence(check, "faster", style);
  case Verdict::pass:
    return pass_sentence(check);
  case Verdict::inconclusive:
    return inconclusive_sentence(check);
  case Verdict::not_measured:
    break;
  }
  return "Not measured, so nothing is claimed.";
}

} // namespace bootperf
