#pragma once

#include <span>

namespace bootperf {

/// Two-sided p value of the U test (Mann & Whitney 1947). Exact for up to 40 values without ties:
/// 2·P(U ≥ max(U₁, U₂)), at most 1. Else by the normal approximation with the correction for ties
/// and for continuity, as scipy's mannwhitneyu, which Google Benchmark's compare.py calls (that one
/// leaves the exact distribution earlier, when both groups have more than 8). 1 with an empty
/// group.
double mann_whitney_p(std::span<const double> first, std::span<const double> second);

} // namespace bootperf
