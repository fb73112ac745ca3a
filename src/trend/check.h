#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "trend/history.h"
#include "trend/nights.h"
#include "verdict/policy/policy.h"

namespace bootperf {

struct TrendSettings {
  /// A step can open for this many nights: it lies in them, or could not be seen before them; ≥ 1.
  std::size_t nights = 7;
  /// Smaller changes are no steps, as a ratio − 1, > 0. A gate with a smaller tolerance has its
  /// own.
  double tolerance = 0.02;
};

enum class StepState {
  open,     ///< slower, neither accepted nor reversed: fails the check, however long ago it was
  accepted, ///< slower, with a reason
  reversed, ///< slower, and a later step took at least half of it away
  old,      ///< slower, but was never news, or of a phase that is no longer measured
  advisory, ///< it would be open, but the class's metric does not decide
  faster,
};

/// The state's name.
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
  /// Indexes into ClassTrend::nights: the first night after the step, most likely; and, with 95 %
  /// confidence, the last night before it and the first after it.
  std::uint32_t night = 0, last_before = 0, first_after = 0;
  std::optional<AcceptedStep> accepted = {};     ///< whenever it was, reversed since or not
  std::optional<std::uint32_t> reversed_in = {}; ///< the night, when it was reversed
};

/// What counts as a step of a phase.
struct PhaseLimit {
  bool gated = false;
  double least = 0; ///< the smallest change, as a ratio − 1, from the last night's value
};

/// One class, checked.
struct ClassTrend {
  const ClassHistory *history = nullptr;
  ClassNights nights = {};
  std::vector<PhaseLimit> limits = {}; ///< of each of ClassHistory::series
  /// Its metric is the one of its mode; else it is advisory.
  bool metric_decides = false;
  /// No night on the last days: another kernel, another machine. Its open steps stay open.
  bool ended = false;
  /// So a pass is one of this class: it has enough nights, the last of them of late.
  bool decides = false;
  /// Not "": why it could not be checked.
  std::string not_measured = {};
  std::vector<PhaseStep> steps = {}; ///< newest first, then the largest
};

/// Refers to the history that was checked, which has to outlive it.
struct TrendCheck {
  std::vector<ClassTrend> classes;
  ExitCode exit = ExitCode::pass;

  std::vector<const PhaseStep *> open() const; ///< those that fail the check
};

/// Looks for steps in every phase of every class. Regressed while there is an open step; not
/// measured when a deciding class lacks a gated phase in its last night or is missing on the last
/// days, more of them than it used to be, and when no class decides. One with too few nights
/// decides nothing yet.
TrendCheck check_trend(const History &history, const Policy &policy, const TrendSettings &settings);

} // namespace bootperf
