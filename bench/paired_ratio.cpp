#include "bench/paired_ratio.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "statistics/random.h"
#include "statistics/summary.h"

namespace bootperf {
namespace {

double ratio(std::span<const double> numerators, std::span<const double> denominators) {
  return summarise(numerators).median / summarise(denominators).median;
}

double quantile(const std::vector<double> &sorted, double share) {
  const auto last = static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(std::lround(share * last))];
}

} // namespace

RatioEstimate ratio_of_medians(std::span<const double> numerators,
                               std::span<const double> denominators, double confidence,
                               std::uint64_t seed, int draws) {
  Random random(seed);
  const std::size_t pairs = numerators.size();
  std::vector<double> ratios;
  std::vector<double> above(pairs), below(pairs);
  for (int draw = 0; draw < draws; ++draw) {
    for (std::size_t i = 0; i < pairs; ++i) {
      const auto pair = static_cast<std::size_t>(random.below(pairs));
      above[i] = numerators[pair];
      below[i] = denominators[pair];
    }
    ratios.push_back(ratio(above, below));
  }
  std::sort(ratios.begin(), ratios.end());
  const double tail = (1 - confidence) / 2;
  return {ratio(numerators, denominators), quantile(ratios, tail), quantile(ratios, 1 - tail)};
}

} // namespace bootperf
