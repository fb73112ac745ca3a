#pragma once

// What moved though nothing fails for it: a gated phase within its tolerance, or one that no gate
// names. It is said, so that a pass never reads as "nothing moved".

#include <vector>

#include "verdict/check/judge.h"
#include "verdict/explain/places.h"
#include "verdict/explain/report.h"

namespace bootperf {

/// The columns of launches that moved against a baseline's sessions and are not told by a verdict:
/// neither judged regressed or improved themselves, nor below or around a phase that was. All of
/// them are one family (max-T, Westfall & Young 1993): p ≤ alpha in the direction of the change.
/// Beyond that a change has to reach the smallest floor among the gates of its kind, and to lie
/// further from the baseline's mean than twice its furthest session does: launches of one session
/// are more alike than those of several. Of a phase and the one inside it that accounts for most of
/// it the inner one is named. Largest first; their verdict is pass.
std::vector<PhaseVerdict> moved_columns(const std::vector<PhaseVerdict> &judged,
                                        const StoredSessions &stored, const PhaseSamples &samples,
                                        const LevelTest &test, double alpha);

} // namespace bootperf
