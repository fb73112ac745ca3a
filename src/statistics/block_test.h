#pragma once

// The test of a comparison: base and head launched in blocks, judged jointly over all columns, look
// by look. docs/statistics.md says why so.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "statistics/block_scores.h"
#include "statistics/decision.h"
#include "statistics/interim_looks.h"
#include "statistics/resampling.h"
#include "statistics/summary.h"

namespace bootperf {

/// A comparison has no more: what the last of them add is not worth the launches, and time and
/// memory of the decision grow with them.
inline constexpr std::size_t most_blocks = 200;

/// Values by block and column, base and head.
struct BlockValues {
  LaunchValues base, head;
};

/// How blocks are judged.
struct BlockRule {
  double alpha = 0.01;        ///< of "regressed", over all columns and looks
  double alpha_faster = 0.01; ///< of "improved"
  std::uint64_t seed = 0;
  std::size_t flips = 9'999;
  std::size_t most_blocks = 25;
  ScoreKind scores = clipped_mean_scores;
};

/// In a block test the ratio is exp of the Hodges–Lehmann estimate, its half width is infinite when
/// there are too few blocks, and the p values are those of the look that decided, else of the last:
/// 1 before the first, when the smallest detectable effect is infinite.
struct BlockDecision {
  std::vector<ColumnDecision> columns;
  std::vector<std::size_t> looks; ///< those that were made, in blocks
  std::size_t blocks = 0;         ///< those that decided: no more than were needed
  bool decided = false;           ///< every column is
};

/// Judges columns jointly, look by look, until each is decided or the blocks are used up.
///
/// Regressed: the max-T boundary of the look is crossed (sign flips over blocks; Westfall & Young
/// 1993, spending as Lan & DeMets 1983) and head is slower by the margin or more. Improved: the
/// same the other way. Pass: "slower by the margin or more" is rejected for the column by itself.
/// What is decided stays decided. Pure: the same values, margins and rule give the same decision.
BlockDecision decide_blocks(const BlockValues &values, const std::vector<ColumnMargin> &margins,
                            const BlockRule &rule);

/// The numbers of columns at one look that has the whole alpha, without verdicts: for the descent
/// and for negative controls.
std::vector<ColumnTest> single_block_look(const BlockValues &values, const BlockRule &rule);

/// A block test look by look: it keeps what has been spent and crossed so far, in every direction.
class BlockTest {
public:
  BlockTest(std::vector<ColumnMargin> margins, const BlockRule &rule);

  /// Looks at the first so many blocks, more than at the look before.
  void look(const BlockValues &values, std::size_t blocks);

  const std::vector<ColumnDecision> &columns() const { return columns_; }
  /// Every column has a verdict.
  bool is_decided() const;

private:
  /// The p values of "slower by the margin or more" at this look, each column by itself.
  std::vector<double> below_margin(const BlockRatios &ratios, double alpha);

  std::vector<ColumnMargin> margins_;
  BlockRule rule_;
  SignFlips flips_;
  SequentialMaxT slower_, faster_;
  std::vector<SequentialMaxT> below_;
  std::vector<ColumnDecision> columns_;
};

} // namespace bootperf
