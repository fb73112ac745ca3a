#include "verdict/explain/places.h"

#include <algorithm>

namespace bootperf {
namespace {

constexpr double worth_naming = 0.1;

std::vector<std::string> ungated_children(const std::string &parent, const PhaseTree &tree,
                                          const std::vector<PhaseVerdict> &gated) {
  std::vector<std::string> children;
  for (const Phase &phase : tree.phases) {
    if (!phase.parent || tree.phases[*phase.parent].id != parent)
      continue;
    if (std::ranges::find(gated, phase.id, &PhaseVerdict::phase) == gated.end())
      children.push_back(phase.id);
  }
  return children;
}

} // namespace

std::vector<PhaseVerdict> places_below(const PhaseVerdict &phase, const PhaseTree &tree,
                                       const std::vector<PhaseVerdict> &gated,
                                       const LevelTest &test, double alpha) {
  const double change = phase.current_mean - phase.baseline_mean;
  const std::vector<std::string> children = ungated_children(phase.phase, tree, gated);
  if (children.empty() || change == 0)
    return {};
  std::vector<PhaseVerdict> places;
  for (PhaseVerdict &place : test(children)) {
    place.contribution = (place.current_mean - place.baseline_mean) / change;
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

} // namespace bootperf
