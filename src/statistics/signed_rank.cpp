#include "statistics/signed_rank.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bootperf {

std::vector<double> signed_rank_distribution(std::size_t n) {
  std::vector<double> probability(n * (n + 1) / 2 + 1);
  probability[0] = 1;
  std::size_t largest = 0;
  for (std::size_t rank = 1; rank <= n; ++rank) {
    largest += rank;
    // Each rank is positive or negative with 1/2: from above, so that the shorter sums are still
    // those of the ranks before.
    for (std::size_t sum = largest + 1; sum-- > 0;)
      probability[sum] = (probability[sum] + (sum >= rank ? probability[sum - rank] : 0)) / 2;
  }
  double total = 0;
  for (double &each : probability)
    each = std::min(1.0, total += each);
  return probability;
}

double signed_rank_cdf(double w, std::size_t n) {
  if (w < 0)
    return 0;
  const std::vector<double> distribution = signed_rank_distribution(n);
  if (w >= static_cast<double>(distribution.size() - 1))
    return 1;
  return distribution[static_cast<std::size_t>(w)];
}

double signed_rank_quantile(double p, std::size_t n) {
  if (!(p >= 0 && p <= 1))
    return std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> distribution = signed_rank_distribution(n);
  // Sums of probabilities may fall short of the exact value by their rounding.
  const auto found = std::ranges::lower_bound(distribution, p * (1 - 1e-12));
  return static_cast<double>(
      std::min<std::ptrdiff_t>(found - distribution.begin(), std::ssize(distribution) - 1));
}

} // namespace bootperf
