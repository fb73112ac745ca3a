#include "statistics/decision.h"

#include <algorithm>

namespace bootperf {

double ColumnMargin::ratio_at(double baseline_mean) const {
  return std::max(tolerance, floor / baseline_mean);
}

Verdict column_verdict(const ColumnTest &column, double margin, double p_below_margin,
                       const ErrorRates &rates) {
  if (column.p_slower <= rates.alpha && column.ratio - 1 >= margin)
    return Verdict::regressed;
  if (column.p_faster <= rates.alpha_faster && 1 - column.ratio >= margin)
    return Verdict::improved;
  return p_below_margin <= rates.alpha ? Verdict::pass : Verdict::inconclusive;
}

} // namespace bootperf
