#pragma once

#include <cstdint>
#include <vector>

#include "verdict/check.h"
#include "verdict/evidence.h"
#include "verdict/policy.h"

namespace bootperf {

/// What a judgement is made with. The error rates are those of this look.
struct Judging {
  double alpha = 0.01;
  double alpha_faster = 0.01;
  double whole_alpha = 0.01; ///< of all looks: what a reason promises more launches would reach
  std::uint64_t seed = 0;
  std::uint64_t max_assignments = 200'000; ///< beyond, they are drawn
};

struct Judgement {
  std::vector<PhaseVerdict> phases;  ///< in the gates' order
  std::size_t baseline_sessions = 0; ///< that entered, where sessions are judged
  bool exact = false;
  std::uint64_t permutations = 0;
};

/// The gates before anything is judged: those that can be, by their phases' ids, and the verdicts,
/// which are not measured for all others.
struct GatedEvidence {
  std::vector<PhaseVerdict> phases;
  std::vector<std::string> judged;
};
GatedEvidence gated_evidence(const std::vector<Gate> &gates, const Evidence &evidence);

/// Calls the phases not measured for this reason that have none yet.
void not_measured(std::vector<PhaseVerdict> &phases, const std::string &reason);

/// The baseline's launches that a judgement works on: those with all the phases that can be judged.
std::size_t usable_launches(const std::vector<Gate> &gates, const Evidence &evidence);

/// Regressed, improved, pass or inconclusive, from a phase's p values, its ratio and the p of
/// "slower by the margin or more".
Verdict verdict_of(const PhaseVerdict &phase, double margin, double p_below_margin,
                   const Judging &with);

/// Tests phases of one level as a family, for the descent below a rejected phase. Without verdicts.
std::vector<PhaseVerdict> test_level(const std::vector<std::string> &phases,
                                     const Evidence &evidence, const Judging &with);

/// Judges the gated phases as one family. With margin = max(tolerance, floor / baseline mean):
/// regressed: p slower ≤ alpha and slower by the margin or more. Improved: the same the other way,
/// at alpha_faster. Pass: "slower by the margin or more" is rejected at alpha. Else inconclusive,
/// with the reason. A gate whose phase cannot be judged is not measured, the others still are.
Judgement judge(const std::vector<Gate> &gates, const Evidence &evidence, const Judging &with);

} // namespace bootperf
