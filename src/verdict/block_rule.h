#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "statistics/sign_flips.h"
#include "verdict/blocks.h"
#include "verdict/verdict.h"

namespace bootperf {

/// What a change of one column has to exceed: as a ratio − 1, and in ns or
/// instructions.
struct ColumnMargin {
  double tolerance = 0, floor = 0;

  /// The larger of the two, as a ratio − 1, for a column whose base takes this
  /// long.
  double ratio_at(double base_mean) const;
};

/// How blocks are judged. docs/statistics.md says why so.
struct BlockRule {
  double alpha = 0.01;        ///< of "regressed", over all columns and looks
  double alpha_faster = 0.01; ///< of "improved"
  std::uint64_t seed = 0;
  std::size_t flips = 9'999;
  std::size_t most_blocks = 25;
  ScoreKind scores = clipped_mean_scores;
};

/// What became of one column.
struct ColumnDecision {
  Verdict verdict = Verdict::inconclusive; ///< pass, regressed, improved or inconclusive
  std::size_t decided_after = 0;           ///< blocks; 0 while undecided
  double margin = 0;                       ///< ratio − 1 that a change has to reach
  double base_mean = 0, head_mean = 0;     ///< geometric
  double ratio = 1;                        ///< head over base: exp of the Hodges–Lehmann estimate
  double half_width = 0;                   ///< of the ratio, at 1 − alpha; infinite when too few
  /// Family-wise; of the look that decided, else of the last. 1 before the
  /// first look.
  double p_slower = 1, p_faster = 1;
  double smallest_detectable = 0; ///< ratio − 1, at the last look; infinite before the first
};

struct BlockDecision {
  std::vector<ColumnDecision> columns;
  std::vector<std::size_t> looks; ///< those that were made, in blocks
  std::size_t blocks = 0;         ///< those that decided: no more than were needed
  bool decided = false;           ///< every column is
};

/// Judges columns jointly, look by look, until each is decided or the blocks
/// are used up.
///
/// Regressed: the max-T boundary of the look is crossed (sign flips over
/// blocks; Westfall & Young 1993, spending as Lan & DeMets 1983) and head is
/// slower by the margin or more. Improved: the same the other way. Pass:
/// "slower by the margin or more" is rejected for the column by itself. What is
/// decided stays decided. Pure: the same values, margins and rule give the same
/// decision.
BlockDecision decide(const BlockValues &values, const std::vector<ColumnMargin> &margins,
                     const BlockRule &rule);

/// The numbers of columns at one look that has the whole alpha, without
/// verdicts: for the descent and for negative controls.
std::vector<ColumnDecision> single_look(const BlockValues &values, const BlockRule &rule);

} // namespace bootperf
