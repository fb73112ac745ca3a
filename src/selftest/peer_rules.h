#pragma once

#include "selftest/contest.h"

namespace bootperf {

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
