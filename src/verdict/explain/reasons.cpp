#include "verdict/explain/reasons.h"

#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace bootperf {
namespace {

std::string percent(double ratio_less_one) {
  const double percent = ratio_less_one * 100;
  return percent < 100 ? fmt::format("{:.3g} %", percent) : fmt::format("{:.0f} %", percent);
}

/// A change, as a ratio − 1 of what was judged: in seconds where that is waiting.
std::string change(const PhaseVerdict &phase, double ratio_less_one) {
  constexpr double longest_ns = 1e18;
  const double ns = ratio_less_one * (phase.baseline_mean + waiting_offset_ns);
  return phase.waiting && std::abs(ns) < longest_ns ? duration_text(std::llround(ns))
                                                    : percent(ratio_less_one);
}

} // namespace

std::string undecided_reason(const PhaseVerdict &phase, double margin, double alpha) {
  const char *const slower = phase.waiting ? "longer" : "slower";
  if (phase.p_slower <= alpha)
    return fmt::format("{} by {}, which is below the margin of {}, but the margin itself is not "
                       "excluded yet: needs more launches",
                       slower, change(phase, phase.ratio - 1), change(phase, margin));
  if (phase.ratio - 1 >= margin)
    return fmt::format("{} by {}, but p = {:.2g}: this may be noise (smallest detectable "
                       "change {})",
                       slower, change(phase, phase.ratio - 1), phase.p_slower,
                       change(phase, phase.smallest_detectable));
  if (phase.smallest_detectable > margin)
    return fmt::format("the smallest detectable change, {}, is above the margin of {}",
                       change(phase, phase.smallest_detectable), change(phase, margin));
  return fmt::format("{} the margin, {}, is not excluded: needs more launches",
                     phase.waiting ? "waiting longer by" : "a slow-down of", change(phase, margin));
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
  phase.waiting = gate.waiting;
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
