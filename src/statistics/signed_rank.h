#pragma once

#include <cstddef>
#include <vector>

namespace bootperf {

/// The null distribution of Wilcoxon's signed-rank statistic T⁺, the sum of the ranks of the
/// positive among n differences without ties and zeros (Wilcoxon 1945; Hollander & Wolfe 1999,
/// section 3.1). Exact, by dynamic programming over the ranks in n³/2 additions: for n ≤ 200.

/// P(T⁺ ≤ w) for w = 0 … n(n+1)/2.
std::vector<double> signed_rank_distribution(std::size_t n);

/// P(T⁺ ≤ w); w need not be whole.
double signed_rank_cdf(double w, std::size_t n);

/// The smallest w with P(T⁺ ≤ w) ≥ p, for 0 ≤ p ≤ 1; NaN outside.
double signed_rank_quantile(double p, std::size_t n);

} // namespace bootperf
