#pragma once

// One change of the boot shows as a step in every phase that holds it: in launch, in /init, in what
// /init runs. People look for one cause.

#include <string_view>
#include <vector>

#include "trend/check.h"

namespace bootperf {

/// Steps of one class, direction and state that are told as one: those of a phase and of phases
/// inside it, whose ranges of nights meet. Refers to the trend's steps.
struct StepCause {
  StepState state = StepState::old;
  /// The deepest phase that has a step of its own and explains most of the outermost one's.
  const PhaseStep *named = nullptr;
  std::vector<const PhaseStep *> steps; ///< outermost first, that of `named` among them

  const PhaseStep &outermost() const { return *steps.front(); }
};

/// Every step of the class in one cause: newest first, then the largest.
std::vector<StepCause> step_causes(const ClassTrend &trend);

/// Whether one of the phases lies in the other, or is it.
bool is_on_one_path(std::string_view phase, std::string_view other);

/// after − before, in ns or instructions
inline double amount(const PhaseStep &step) {
  return step.after - step.before;
}

} // namespace bootperf
