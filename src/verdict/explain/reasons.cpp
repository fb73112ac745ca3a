#include "verdict/explain/reasons.h"

#include <utility>

#include <fmt/format.h>

namespace bootperf {
namespace {

std::string percent(double ratio_less_one) {
  const double percent = ratio_less_one * 100;
  return percent < 100 ? fmt::format("{:.3g} %", percent) : fmt::format("{:.0f} %", percent);
}

} // namespace

std::string undecided_reason(const PhaseVerdict &phase, double margin, double alpha) {
  if (phase.p_slower <= alpha)
    return fmt::format(
        "slower by {}, which is below the margin of {}, but the margin itself is not "
        "excluded yet: needs more launches",
        percent(phase.ratio - 1), percent(margin));
  if (phase.ratio - 1 >= margin)
    return fmt::format("slower by {}, but p = {:.2g}: this may be noise (smallest detectable "
                       "change {})",
                       percent(phase.ratio - 1), phase.p_slower,
                       percent(phase.smallest_detectable));
  if (phase.smallest_detectable > margin)
    return fmt::format("the smallest detectable change, {}, is above the margin of {}",
                       percent(phase.smallest_detectable), percent(margin));
  return fmt::format("a slow-down of the margin, {}, is not excluded: needs more launches",
                     percent(margin));
}

std::string failures_reason(const SampleLaunches &samples, const Policy &policy,
                            const std::string &of) {
  if (static_cast<double>(samples.failed) <=
      policy.failed_launches * static_cast<double>(samples.tried))
    return "";
  return fmt::format("{} of {} launches{} failed, past the policy's limit of {:.0f} %{}",
                     samples.failed, samples.tried, of, policy.failed_launches * 100,
                     samples.failure.empty() ? "" : "; the first: " + samples.failure);
}

PhaseVerdict unjudged_phase(const Gate &gate, const std::vector<std::string> &ids) {
  PhaseVerdict phase;
  phase.tolerance = gate.tolerance;
  phase.floor = gate.floor;
  phase.where = gate.where;
  GatedPhase named = gated_phase(gate, ids);
  phase.phase = std::move(named.id);
  phase.reason = std::move(named.reason);
  if (!phase.reason.empty())
    phase.verdict = Verdict::not_measured;
  return phase;
}

void mark_not_measured(std::vector<PhaseVerdict> &phases, const std::string &reason) {
  for (PhaseVerdict &phase : phases)
    if (phase.verdict != Verdict::not_measured) {
      phase.verdict = Verdict::not_measured;
      phase.reason = reason;
    }
}

} // namespace bootperf
