#include "verdict/undecided_reason.h"

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

} // namespace bootperf
