#include "verdict/check/swallowed_waits.h"

#include <algorithm>
#include <optional>

namespace bootperf {
namespace {

/// The least of a column over the launches that have it; 0 where none has.
double least_of(const std::vector<PhaseValues> &launches, const Column &column) {
  std::optional<double> least;
  for (const PhaseValues &launch : launches)
    if (const auto found = launch.find(column); found != launch.end())
      least = std::min(least.value_or(found->second), found->second);
  return least.value_or(0);
}

} // namespace

void pass_swallowed_waits(std::vector<PhaseVerdict> &phases, const PhaseSamples &samples) {
  for (PhaseVerdict &phase : phases) {
    if (!phase.waiting || phase.verdict != Verdict::regressed)
      continue;
    const Column host(phase.phase, Quantity::host_waiting);
    const double halted_longer =
        phase.change() + least_of(samples.current, host) - least_of(samples.baseline, host);
    if (halted_longer < phase.floor)
      phase.verdict = Verdict::pass;
  }
}

} // namespace bootperf
