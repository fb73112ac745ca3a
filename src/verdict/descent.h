#pragma once

#include <vector>

#include "phases/phase_tree.h"
#include "verdict/check.h"
#include "verdict/evidence.h"
#include "verdict/judge.h"

namespace bootperf {

/// Below a phase that regressed or improved: its ungated children that moved the same way, those
/// that carry most of the change first, and below them theirs. Each level is a family of its own
/// (Meinshausen 2008): what is rejected by itself has the parent's verdict, what only carries a
/// tenth of the change or more is inconclusive.
std::vector<PhaseVerdict> places_below(const PhaseVerdict &phase, const PhaseTree &tree,
                                       const std::vector<PhaseVerdict> &gated,
                                       const Evidence &evidence, const Judging &with);

} // namespace bootperf
