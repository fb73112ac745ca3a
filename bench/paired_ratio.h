#pragma once

#include <cstdint>
#include <span>

namespace bootperf {

/// A ratio with its interval.
struct RatioEstimate {
  double ratio = 0, low = 0, high = 0;
};

/// Ratio of the medians of pairs measured in turn, with its percentile bootstrap interval at the
/// given confidence. Whole pairs are drawn, so that what drifts with time stays in both (Efron &
/// Tibshirani 1993, chapter 13). Both spans have the same length, at least 1, and hold values > 0.
RatioEstimate ratio_of_medians(std::span<const double> numerators,
                               std::span<const double> denominators, double confidence,
                               std::uint64_t seed, int draws = 10'000);

} // namespace bootperf
