#pragma once

// Where in a phase that moved it moved.

#include <functional>
#include <string>
#include <vector>

#include "phases/phase_tree.h"
#include "verdict/explain/report.h"

namespace bootperf {

/// Tests columns of one level together and fills in means, ratio, half width, p values and smallest
/// detectable effect. Columns that cannot be judged are left out.
using LevelTest = std::function<std::vector<PhaseVerdict>(const std::vector<Column> &columns)>;

/// Below a phase that regressed or improved: its ungated children that moved the same way, those
/// that carry most of the change first, and below them theirs. Each level is a family of its own
/// (Meinshausen 2008): what is rejected by itself at alpha has the parent's verdict, what only
/// carries a tenth of the change or more is inconclusive.
std::vector<PhaseVerdict> places_below(const PhaseVerdict &phase, const PhaseTree &tree,
                                       const std::vector<PhaseVerdict> &gated,
                                       const LevelTest &test, double alpha);

/// What judged phases of these launches come to: doubts what the host may have made of a wait,
/// names the places below those that moved, and gives the verdict of all together.
Verdict conclude(std::vector<PhaseVerdict> &phases, const SampleLaunches &launches,
                 const LevelTest &test, double alpha);

} // namespace bootperf
