#pragma once

#include <cstddef>
#include <vector>

#include "statistics/sign_flips.h"
#include "verdict/block_rule.h"
#include "verdict/blocks.h"

namespace bootperf {

/// ln head − ln base of the first so many blocks.
BlockRatios log_ratios(const BlockValues &values, std::size_t blocks);

/// Columns that nothing is known of yet.
std::vector<ColumnDecision> undecided_columns(std::size_t columns);

/// Fills in means, ratios and half widths at 1 − alpha from the first ratios.size() blocks.
void describe(std::vector<ColumnDecision> &columns, const BlockValues &values,
              const BlockRatios &ratios, double alpha);

/// Fills in what could have been seen when a statistic has to exceed this boundary.
void describe_detectable(std::vector<ColumnDecision> &columns, const BlockRatios &ratios,
                         double boundary);

} // namespace bootperf
