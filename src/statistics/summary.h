#pragma once

#include <cstddef>
#include <span>

namespace bootperf {

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
