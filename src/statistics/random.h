#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace bootperf {

/// Random numbers that are the same from the same seed with every standard library: the engine is
/// fixed by the standard, the distributions of <random> are not.
class Random {
public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// Uniform over 0 … bound − 1; bound ≥ 1.
  std::uint64_t below(std::uint64_t bound) {
    // Draws under (2^64 mod bound) would make small values more likely, so they are drawn again.
    const std::uint64_t uneven = (0 - bound) % bound;
    std::uint64_t draw = engine_();
    while (draw < uneven)
      draw = engine_();
    return draw % bound;
  }

  /// Uniform over [0, 1), in steps of 2^-53.
  double unit() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

private:
  std::mt19937_64 engine_;
};

/// A random order, each as likely (Fisher & Yates 1938).
template <class T>
void shuffle(std::vector<T> &values, Random &random) {
  for (std::size_t left = values.size(); left > 1; --left)
    std::swap(values[left - 1], values[random.below(left)]);
}

} // namespace bootperf
