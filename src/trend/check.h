#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "trend/history.h"
#include "verdict/policy/policy.h"

namespace bootperf {

struct TrendSettings {
  /// A step is new for this many nights: it lies in them, or could not be seen before them; ≥ 1.
  std::size_t nights = 7;
  /// Smaller changes are no steps, as a ratio − 1, > 0. A gate with a smaller tolerance has its
  /// own.
  double tolerance = 0.02;
};

enum class StepState { fresh, accepted, old, faster };

/// "new", "accepted", "old", "faster"
std::string_view to_text(StepState state);

/// A change point of one phase.
struct PhaseStep {
  std::string phase;
  std::int64_t series = 0; ///< PhaseSeries::id
  bool gated = false;      ///< the policy gates this phase
  StepState state = StepState::old;
  double change = 0; ///< after / before − 1, of the geometric means
  double before = 0; ///< in ns or instructions
  double after = 0;
  /// Indexes into History::nights: the first night after the step, most likely; and, with 95 %
  /// confidence, the last night before it and the first after it.
  std::uint32_t night = 0, last_before = 0, first_after = 0;
  std::string reason; ///< when accepted
};

/// One class, checked.
struct ClassTrend {
  const ClassHistory *history = nullptr;
  std::size_t nights = 0; ///< how many it has
  /// It decides: its metric is the one of its mode, and it has a night among the last ones.
  bool decides = false;
  /// Not "": why it could not be checked.
  std::string not_measured;
  std::vector<PhaseStep> steps; ///< newest first, then the largest
};

/// Refers to the history that was checked, which has to outlive it.
struct TrendCheck {
  std::vector<ClassTrend> classes;
  ExitCode exit = ExitCode::pass;

  std::vector<const PhaseStep *> fresh() const; ///< those that fail the check
};

/// Looks for steps in every phase of every class. Regressed when a deciding class has a new slower
/// one; not measured when a deciding class has too few nights, lacks a gated phase in its last, or
/// is missing on the last days, more of them than it used to be.
TrendCheck check_trend(const History &history, const Policy &policy, const TrendSettings &settings);

} // namespace bootperf
