#pragma once

#include <algorithm>
#include <cmath>

namespace bootperf {

/// What another value has to reach to tie with or exceed this statistic. Two permutations with the
/// same values may differ in the last bits; a tie must count as one. For statistics of the order
/// of 1.
inline double tied(double statistic) {
  return statistic - 1e-9 * std::max(1.0, std::abs(statistic));
}

} // namespace bootperf
