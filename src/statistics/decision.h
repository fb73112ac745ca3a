#pragma once

// What a test of numbers says of one column (a phase's values), and the verdict that follows from
// it: the same rule for every test.

#include <cstddef>

namespace bootperf {

enum class Verdict { pass, regressed, improved, inconclusive, not_measured };

/// The error rates of one look.
struct ErrorRates {
  double alpha = 0.01;        ///< of "regressed"
  double alpha_faster = 0.01; ///< of "improved"
  double whole_alpha = 0.01;  ///< of all looks: what a reason promises more launches would reach
};

/// What a change of one column has to exceed: as a ratio − 1, and in ns or instructions.
struct ColumnMargin {
  double tolerance = 0, floor = 0;

  /// The larger of the two, as a ratio − 1, for a column whose baseline takes this long.
  double ratio_at(double baseline_mean) const;
};

/// The numbers of one column.
struct ColumnTest {
  double baseline_mean = 0, current_mean = 0; ///< geometric: ns or instructions
  double ratio = 1;                           ///< current over baseline
  double half_width = 0;                      ///< of the ratio, at 1 − alpha
  double p_slower = 1, p_faster = 1;          ///< family-wise
  double smallest_detectable = 0;             ///< ratio − 1
};

/// A column and what became of it.
struct ColumnDecision : ColumnTest {
  Verdict verdict = Verdict::inconclusive; ///< pass, regressed, improved or inconclusive
  double margin = 0;                       ///< ratio − 1 that a change has to reach
  std::size_t decided_after = 0;           ///< blocks, of a block test; 0 while undecided
};

/// Regressed: p slower ≤ alpha and slower by the margin or more. Improved: the same the other way,
/// at alpha_faster. Pass: "slower by the margin or more" is rejected at alpha. Else inconclusive.
Verdict column_verdict(const ColumnTest &column, double margin, double p_below_margin,
                       const ErrorRates &rates);

} // namespace bootperf
