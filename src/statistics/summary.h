#pragma once

#include <cstddef>
#include <span>

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

} // namespace bootperf
