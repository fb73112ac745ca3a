#include "verdict/explain/places.h"

#include <algorithm>

namespace bootperf {
namespace {

constexpr double worth_naming = 0.1;
/// Of a change: a wait between two commands that is shorter was there before, or is not all of it.
constexpr double half_of_a_move = 0.5;

std::vector<Column> ungated_children(const Column &parent, const PhaseTree &tree,
                                     const std::vector<PhaseVerdict> &gated) {
  std::vector<Column> children;
  for (const Phase &phase : tree.phases) {
    if (!phase.parent || tree.phases[*phase.parent].id != parent.phase)
      continue;
    if (const Column child(phase.id, parent.quantity);
        std::ranges::find(gated, child, &PhaseVerdict::column) == gated.end())
      children.push_back(child);
  }
  return children;
}

/// In launches that are all alike the first one says it as well as another.
void name_commands(PhaseVerdict &phase, const PhaseTree &tree) {
  for (PhaseVerdict &place : phase.places)
    name_commands(place, tree);
  if (!phase.places.empty() || !phase.waiting || phase.current_mean <= phase.baseline_mean)
    return;
  if (const auto found = std::ranges::find(tree.phases, phase.phase, &Phase::id);
      found != tree.phases.end() && found->longest_wait &&
      static_cast<double>(found->longest_wait->waiting_ns) >= half_of_a_move * phase.change())
    phase.between = found->longest_wait;
}

} // namespace

std::vector<PhaseVerdict> places_below(const PhaseVerdict &phase, const PhaseTree &tree,
                                       const std::vector<PhaseVerdict> &gated,
                                       const LevelTest &test, double alpha) {
  const double change = phase.change();
  const std::vector<Column> children = ungated_children(phase.column(), tree, gated);
  if (children.empty() || change == 0)
    return {};
  std::vector<PhaseVerdict> places;
  for (PhaseVerdict &place : test(children)) {
    place.contribution = place.change() / change;
    const double p = change > 0 ? place.p_slower : place.p_faster;
    if (place.contribution <= 0 || (p > alpha && place.contribution < worth_naming))
      continue;
    place.verdict = p <= alpha ? phase.verdict : Verdict::inconclusive;
    place.places = places_below(place, tree, gated, test, alpha);
    places.push_back(std::move(place));
  }
  std::ranges::stable_sort(places, std::greater<>(), &PhaseVerdict::contribution);
  return places;
}

Verdict conclude(std::vector<PhaseVerdict> &phases, const SampleLaunches &launches,
                 const LevelTest &test, double alpha) {
  std::vector<Verdict> verdicts;
  for (PhaseVerdict &phase : phases) {
    verdicts.push_back(phase.verdict);
    if (!launches.launches.empty() &&
        (phase.verdict == Verdict::regressed || phase.verdict == Verdict::improved)) {
      const PhaseTree &tree = launches.launches.front()->phases;
      phase.places = places_below(phase, tree, phases, test, alpha);
      name_commands(phase, tree);
    }
  }
  return worst(verdicts);
}

} // namespace bootperf
