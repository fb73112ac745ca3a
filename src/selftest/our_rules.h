#pragma once

#include "selftest/contest.h"
#include "statistics/resampling.h"

namespace bootperf {

/// The block rule of `bootperf compare` with these scores.
Ruling rule_by_blocks(const Draw &draw, const RuleContext &context, ScoreKind scores,
                      std::size_t flips);

/// The check of counted launches against a stored baseline: two launches of head, then a third.
Ruling rule_by_baseline(const Draw &draw, const RuleContext &context);

/// The comparison of counted launches: ten of base and three of head, then further rounds.
Ruling rule_by_rounds(const Draw &draw, const RuleContext &context);

} // namespace bootperf
