#pragma once

// The judging of gated phases against a baseline: its launches pooled, or the spread between its
// sessions. The numbers are tested in statistics/; here phases become columns and decisions
// verdicts.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "statistics/decision.h"
#include "statistics/resampling.h"
#include "verdict/explain/report.h"
#include "verdict/policy/policy.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {

struct Judgement {
  std::vector<PhaseVerdict> phases;  ///< in the gates' order
  std::size_t baseline_sessions = 0; ///< that entered, where sessions are judged
  bool exact = false;
  std::uint64_t permutations = 0;
  std::size_t spread_sessions = 0; ///< whose spread bounds p, where launches are judged; else 0
};

/// The gated phases before anything is judged: those that cannot be are not measured.
std::vector<PhaseVerdict> unjudged_phases(const std::vector<Gate> &gates,
                                          const PhaseSamples &samples);

/// The baseline's launches that a judgement works on: those with all the phases that can be judged.
std::size_t usable_launches(const std::vector<Gate> &gates, const PhaseSamples &samples);

/// Judges the gated phases as one family, by decide_two_samples(), with the spread between the
/// baseline's sessions where the samples say which launches these made; inconclusive comes with the
/// reason. A gate whose phase cannot be judged is not measured, the others still are.
Judgement judge_launches(const std::vector<Gate> &gates, const PhaseSamples &samples,
                         const ErrorRates &rates, const Permutations &permutations);

/// How assignments are gone through where naming a place decides nothing: a level may hold a
/// thousand initcalls. No p of less than 1 / 10,000 comes out of it.
inline Permutations to_name_places(std::uint64_t seed) {
  return {seed, 10'000};
}

/// Tests columns of one level as a family, for the descent below a rejected phase; a phase that is
/// new took nothing before. Without verdicts.
std::vector<PhaseVerdict> test_launch_level(const std::vector<Column> &columns,
                                            const PhaseSamples &measured, const ErrorRates &rates,
                                            const Permutations &permutations);

/// From this many stored sessions on, wall time against a baseline decides; before, it is advisory.
inline constexpr std::size_t enough_sessions = 10;
/// From this many on the spread between sessions is used at all.
inline constexpr std::size_t least_sessions = 3;

/// The launches of a baseline's sessions.
using StoredSessions = std::vector<std::vector<PhaseValues>>;

/// Judges one session's wall time against the sessions of a baseline. What counts is the spread
/// between sessions, never that within one, which is smaller and would fail 10 to 43 % of unchanged
/// builds at a nominal 1 % (docs/statistics.md). Verdicts as in judge_launches().
Judgement judge_sessions(const std::vector<Gate> &gates, const StoredSessions &stored,
                         const std::vector<PhaseValues> &current, const ErrorRates &rates);

/// The same for columns of one level, without verdicts: for the descent below a rejected phase.
std::vector<PhaseVerdict> test_session_level(const std::vector<Column> &columns,
                                             const StoredSessions &stored,
                                             const std::vector<PhaseValues> &current,
                                             const ErrorRates &rates);

} // namespace bootperf
