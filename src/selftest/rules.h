#pragma once

#include "selftest/contest.h"
#include "statistics/resampling.h"

namespace bootperf {

// The rules that are compared: those of this gate (our_rules.cpp), and those by which other
// projects gate (peer_rules.cpp).

/// The block rule of `bootperf compare` with these scores.
Ruling rule_by_blocks(const Draw &draw, const RuleContext &context, ScoreKind scores,
                      std::size_t flips);

/// The check of counted launches against a stored baseline: two launches of head, then a third.
Ruling rule_by_baseline(const Draw &draw, const RuleContext &context);

/// The comparison of counted launches: ten of base and three of head, then further rounds.
Ruling rule_by_rounds(const Draw &draw, const RuleContext &context);

/// Kata's checkmetrics: the mean of head's launches lies within ±30 % of the stored one.
Ruling rule_by_band(const Draw &draw, const RuleContext &context);

/// github-action-benchmark: one launch takes 200 % of the launch before, or more.
Ruling rule_by_ratio(const Draw &draw, const RuleContext &context);

/// Google Benchmark's compare.py, as gates use it: a two-sided U test a phase at 0.05, slower
/// fails.
Ruling rule_by_u_test(const Draw &draw, const RuleContext &context);

/// The same with 0.05 divided by the number of phases (Bonferroni).
Ruling rule_by_u_test_bonferroni(const Draw &draw, const RuleContext &context);

/// Firecracker's ab_test.py: a permutation test of the means with p < 0.01, and more than 5 %
/// slower.
Ruling rule_by_permutation(const Draw &draw, const RuleContext &context);

} // namespace bootperf
