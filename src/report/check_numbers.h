#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "report/text_style.h"
#include "verdict/explain/report.h"

namespace bootperf {

/// A value of a metric: a duration or a count.
std::string value_text(double value, Metric metric);

/// How far a ratio is from 1, as "+4.1 %"; "" when it is not a number.
std::string change_text(double ratio, const TextStyle &style);

/// A share as "0.9 %".
std::string percent_text(double share);

/// "0.0004", "0.31".
std::string p_text(double p);

/// The family-wise p of the direction in which the phase moved.
double shown_p(const PhaseVerdict &phase);

/// The phase was measured on both sides: there are numbers to show.
bool has_numbers(const PhaseVerdict &phase);

/// "work, not waiting"; for both, how much of it is work. "" when it is not known.
std::string kind_text(const PhaseVerdict &phase);

/// What became of a negative control: "did not move", "moved", "not measured".
std::string_view control_words(const PhaseVerdict &control);

/// "1.25 % and 100.0 ms": what a change of a gated phase has to exceed.
std::string tolerance_text(const PhaseVerdict &phase, Metric metric);

/// "+4.1 % (±0.6 %), work, not waiting; smallest detectable change 0.9 %; 3 launches"
std::string finding_text(const PhaseVerdict &phase, const ScenarioCheck &check,
                         const TextStyle &style);

/// Where the baseline comes from and what was compared with it.
std::string provenance_text(const ScenarioCheck &check);

/// "25 launches of 3 sessions"
std::string extent_text(std::size_t launches, std::size_t sessions);

/// Where a check passed, the versions that differ are no causes of anything: their number. "" where
/// none differ, and where they have to be listed because it did not pass.
std::string harmless_differences_text(const ScenarioCheck &check);

/// How the p values were computed: "exact, 1540 assignments".
std::string permutation_text(const ScenarioCheck &check);

} // namespace bootperf
