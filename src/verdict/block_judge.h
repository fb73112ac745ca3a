#pragma once

#include <cstddef>
#include <vector>

#include "statistics/sign_flips.h"
#include "statistics/spending.h"
#include "verdict/block_rule.h"
#include "verdict/blocks.h"

namespace bootperf {

/// Judges a comparison look by look: it keeps what has been spent and crossed so far, in every
/// direction.
class BlockJudge {
public:
  BlockJudge(std::vector<ColumnMargin> margins, const BlockRule &rule);

  /// Looks at the first so many blocks, more than at the look before.
  void look(const BlockValues &values, std::size_t blocks);

  const std::vector<ColumnDecision> &columns() const { return columns_; }
  /// Every column has a verdict.
  bool is_decided() const;

private:
  /// Whether "slower by the margin or more" is rejected at this look, for each column by itself.
  std::vector<bool> below_margin(const BlockRatios &ratios, double alpha);

  std::vector<ColumnMargin> margins_;
  BlockRule rule_;
  SignFlips flips_;
  SequentialMaxT slower_, faster_;
  std::vector<SequentialMaxT> below_;
  std::vector<ColumnDecision> columns_;
};

/// The statistics the other way round, for the faster direction.
std::vector<double> negated(std::vector<double> values);

} // namespace bootperf
