#pragma once

#include <cstddef>
#include <vector>

#include "verdict/evidence.h"
#include "verdict/judge.h"
#include "verdict/policy.h"

namespace bootperf {

/// From this many stored sessions on, wall time against a baseline decides;
/// before, it is advisory.
inline constexpr std::size_t enough_sessions = 10;
/// From this many on the spread between sessions is used at all.
inline constexpr std::size_t least_sessions = 3;

/// Judges one session's wall time against the sessions of a baseline. What
/// counts is the spread between sessions, never that within one, which is
/// smaller and would fail 10 to 43 % of unchanged builds at a nominal 1 %
/// (docs/statistics.md). Verdicts as in judge().
Judgement judge_sessions(const std::vector<Gate> &gates,
                         const std::vector<std::vector<PhaseValues>> &stored,
                         const std::vector<PhaseValues> &current, const Judging &with);

/// The same for phases of one level, without verdicts: for the descent below a
/// rejected phase.
std::vector<PhaseVerdict> test_level(const std::vector<std::string> &phases,
                                     const std::vector<std::vector<PhaseValues>> &stored,
                                     const std::vector<PhaseValues> &current, const Judging &with);

} // namespace bootperf
