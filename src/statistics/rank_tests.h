#pragma once

// What ranks say: of two groups (Mann & Whitney), and of differences with a sign (Wilcoxon).

#include <cstddef>
#include <span>
#include <vector>

namespace bootperf {

/// Two-sided p value of the U test (Mann & Whitney 1947). Exact for up to 40 values without ties:
/// 2·P(U ≥ max(U₁, U₂)), at most 1. Else by the normal approximation with the correction for ties
/// and for continuity, as scipy's mannwhitneyu, which Google Benchmark's compare.py calls (that one
/// leaves the exact distribution earlier, when both groups have more than 8). 1 with an empty
/// group.
double mann_whitney_p(std::span<const double> first, std::span<const double> second);

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
