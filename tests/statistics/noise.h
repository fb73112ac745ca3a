#pragma once

#include <cmath>
#include <cstdint>
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

/// Ratios of phases between −5 % and +5 %, evenly distributed.
inline std::vector<std::vector<double>> random_ratios(std::uint64_t seed, std::size_t blocks,
                                                      std::size_t phases) {
  Random random(seed);
  std::vector<std::vector<double>> ratios(blocks, std::vector<double>(phases));
  for (auto &block : ratios)
    for (double &ratio : block)
      ratio = 0.1 * random.unit() - 0.05;
  return ratios;
}

/// The series with everything from `at` on higher by `step`.
inline std::vector<double> with_step(std::vector<double> values, std::size_t at, double step) {
  for (std::size_t i = at; i < values.size(); ++i)
    values[i] += step;
  return values;
}

} // namespace bootperf
