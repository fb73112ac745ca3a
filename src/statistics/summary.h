#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace bootperf {

/// 1/Φ⁻¹(3/4): a median absolute deviation times this estimates the standard deviation of a normal
/// distribution.
inline constexpr double mad_to_deviation = 1.4826;

/// Summaries of one sample. All are NaN for an empty sample.
struct Summary {
  std::size_t n = 0;
  double mean = 0;
  double standard_deviation = 0; ///< n − 1 in the denominator; NaN for n < 2
  double median = 0;
  double mad = 0; ///< median absolute deviation, unscaled
  double minimum = 0;
  double maximum = 0;
};

Summary summarise(std::span<const double> values);

/// Spreads of logs below this (0.01 %) count as this. Without it a phase whose values are all equal
/// would divide by zero, and a difference of a few instructions in a phase that hardly varies would
/// outrank everything in the maximum over phases. It lies below the steadiest phase measured
/// (0.04 %) and far below any sensible tolerance. The observed assignment and the permuted ones get
/// it alike, so the tests stay exact.
inline constexpr double smallest_log_spread = 1e-4;

/// Per-launch values of several phases: values[launch][phase], all > 0, every launch the same
/// phases.
using LaunchValues = std::vector<std::vector<double>>;

/// Geometric mean of one column.
double geometric_mean(const LaunchValues &launches, std::size_t column);

} // namespace bootperf
