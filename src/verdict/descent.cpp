#include "verdict/descent.h"

#include <algorithm>
#include <cmath>

namespace bootperf {
namespace {

constexpr double worth_naming = 0.1;
// Naming a place decides nothing, and a level may hold a thousand initcalls.
constexpr std::uint64_t max_assignments = 10'000;

std::vector<std::string> ungated_children(const std::string &parent, const PhaseTree &tree,
                                          const std::vector<PhaseVerdict> &gated,
                                          const Evidence &evidence) {
  std::vector<std::string> children;
  for (const Phase &phase : tree.phases) {
    if (!phase.parent || tree.phases[*phase.parent].id != parent)
      continue;
    if (std::ranges::find(gated, phase.id, &PhaseVerdict::phase) == gated.end() &&
        why_not_measured(evidence, phase.id).empty())
      children.push_back(phase.id);
  }
  return children;
}

} // namespace

std::vector<PhaseVerdict> places_below(const PhaseVerdict &phase, const PhaseTree &tree,
                                       const std::vector<PhaseVerdict> &gated,
                                       const Evidence &evidence, const Judging &with) {
  const std::vector<std::string> children = ungated_children(phase.phase, tree, gated, evidence);
  const LaunchValues baseline = columns(evidence.baseline, children);
  const LaunchValues current = columns(evidence.current, children);
  const double change = phase.current_mean - phase.baseline_mean;
  if (children.empty() || baseline.empty() || current.empty() || change == 0)
    return {};
  const TwoSampleTest test =
      two_sample_max_t(baseline, current, with.alpha, with.seed, max_assignments);
  std::vector<PhaseVerdict> places;
  for (std::size_t i = 0; i < children.size(); ++i) {
    PhaseVerdict place;
    place.phase = children[i];
    place.baseline_mean = geometric_mean(baseline, i);
    place.current_mean = geometric_mean(current, i);
    place.ratio = std::exp(test.phases[i].log_effect);
    place.half_width = place.ratio * std::expm1(test.phases[i].log_half_width);
    place.p_slower = test.phases[i].p_slower;
    place.p_faster = test.phases[i].p_faster;
    place.smallest_detectable = test.phases[i].smallest_detectable;
    place.contribution = (place.current_mean - place.baseline_mean) / change;
    const double p = change > 0 ? place.p_slower : place.p_faster;
    if (place.contribution <= 0 || (p > with.alpha && place.contribution < worth_naming))
      continue;
    place.verdict = p <= with.alpha ? phase.verdict : Verdict::inconclusive;
    place.places = places_below(place, tree, gated, evidence, with);
    places.push_back(std::move(place));
  }
  std::ranges::stable_sort(places, std::greater<>(), &PhaseVerdict::contribution);
  return places;
}

} // namespace bootperf
