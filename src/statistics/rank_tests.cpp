#include "statistics/rank_tests.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "statistics/distributions.h"

namespace bootperf {
namespace {

constexpr std::size_t most_exact = 40;

struct RankSum {
  double u = 0;    ///< pairs in which the first group's value is larger; ties count half
  double ties = 0; ///< Σ(t³ − t) over groups of t equal values
};

RankSum rank_sum(std::span<const double> first, std::span<const double> second) {
  struct Value {
    double value;
    bool first;
  };
  std::vector<Value> all;
  for (const double value : first)
    all.push_back({value, true});
  for (const double value : second)
    all.push_back({value, false});
  std::ranges::sort(all, {}, &Value::value);
  RankSum result;
  double ranks = 0;
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    std::size_t ours = 0;
    for (; end < all.size() && all[end].value == all[begin].value; ++end)
      ours += all[end].first ? 1 : 0;
    const auto equal = static_cast<double>(end - begin);
    ranks += static_cast<double>(ours) * static_cast<double>(begin + 1 + end) / 2;
    result.ties += equal * equal * equal - equal;
  }
  const auto n1 = static_cast<double>(first.size());
  result.u = ranks - n1 * (n1 + 1) / 2;
  return result;
}

/// P(U ≤ u) without ties: of the subsets of n1 of the ranks 1 … n1 + n2, how many have a small sum.
double exact_cdf(std::size_t u, std::size_t n1, std::size_t n2) {
  const std::size_t most = n1 * n2;
  // ways[k][s]: subsets of k ranks so far with sum s above the smallest possible, 1 + … + k.
  std::vector<std::vector<double>> ways(n1 + 1, std::vector<double>(most + 1));
  ways[0][0] = 1;
  for (std::size_t rank = 1; rank <= n1 + n2; ++rank)
    for (std::size_t k = std::min(n1, rank); k >= 1; --k)
      for (std::size_t sum = most + 1; sum-- > rank - k;)
        ways[k][sum] += ways[k - 1][sum - (rank - k)];
  double below = 0;
  double all = 0;
  for (std::size_t sum = 0; sum <= most; ++sum) {
    all += ways[n1][sum];
    below += sum <= u ? ways[n1][sum] : 0;
  }
  return below / all;
}

} // namespace

double mann_whitney_p(std::span<const double> first, std::span<const double> second) {
  if (first.empty() || second.empty())
    return 1;
  const RankSum sum = rank_sum(first, second);
  const auto n1 = static_cast<double>(first.size());
  const auto n2 = static_cast<double>(second.size());
  const double n = n1 + n2;
  const double smaller = std::min(sum.u, n1 * n2 - sum.u);
  if (sum.ties == 0 && first.size() + second.size() <= most_exact)
    return std::min(1.0,
                    2 * exact_cdf(static_cast<std::size_t>(smaller), first.size(), second.size()));
  const double variance = n1 * n2 / 12 * (n + 1 - sum.ties / (n * (n - 1)));
  if (!(variance > 0))
    return 1; // all values are equal
  return std::min(1.0, 2 * normal_cdf((smaller - n1 * n2 / 2 + 0.5) / std::sqrt(variance)));
}

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
