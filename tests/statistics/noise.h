#pragma once

#include <cmath>
#include <numbers>
#include <vector>

#include "statistics/random.h"

namespace bootperf {

/// A normally distributed number (Box & Muller 1958).
inline double normal(Random &random) {
  const double radius = std::sqrt(-2 * std::log(1 - random.unit()));
  return radius * std::cos(2 * std::numbers::pi * random.unit());
}

/// A series of this spread about 20, the log of half a second in ns.
inline std::vector<double> noise(Random &random, std::size_t length, double spread) {
  std::vector<double> values(length);
  for (double &value : values)
    value = 20 + spread * normal(random);
  return values;
}

/// The series with everything from `at` on higher by `step`.
inline std::vector<double> with_step(std::vector<double> values, std::size_t at, double step) {
  for (std::size_t i = at; i < values.size(); ++i)
    values[i] += step;
  return values;
}

} // namespace bootperf
