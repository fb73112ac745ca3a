#include "statistics/pelt.h"

#include <algorithm>
#include <limits>

namespace bootperf {
namespace {

/// A place where the last segment may begin.
struct Candidate {
  std::size_t begin = 0;
  double sum = 0;  ///< of the values before it
  double base = 0; ///< the cost of all before it, less the squares of these values
  std::size_t dies_at = std::numeric_limits<std::size_t>::max(); ///< from here on no longer
  double cost = 0; ///< when the last segment goes from here to the value at hand
};

std::vector<std::size_t> followed_back(const std::vector<std::size_t> &previous) {
  std::vector<std::size_t> changes;
  for (std::size_t end = previous.size() - 1; previous[end] > 0; end = previous[end])
    changes.push_back(previous[end]);
  std::ranges::reverse(changes);
  return changes;
}

} // namespace

std::vector<std::size_t> pelt(std::span<const double> values, double penalty,
                              std::size_t shortest) {
  shortest = std::max<std::size_t>(shortest, 1);
  const std::size_t n = values.size();
  if (n < 2 * shortest)
    return {};
  // Values far from zero would lose their digits in the squares.
  const double centre = values[n / 2];
  std::vector<double> sum(n + 1, 0), squares(n + 1, 0), inverse(n + 1, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const double value = values[i] - centre;
    sum[i + 1] = sum[i] + value;
    squares[i + 1] = squares[i] + value * value;
    inverse[i + 1] = 1 / static_cast<double>(i + 1);
  }
  std::vector<double> best(n + 1, 0);
  std::vector<std::size_t> previous(n + 1, 0);
  std::vector<Candidate> candidates = {{}};
  std::size_t next_death = std::numeric_limits<std::size_t>::max();
  for (std::size_t end = shortest; end <= n; ++end) {
    if (const std::size_t begin = end - shortest; begin >= shortest)
      candidates.push_back({begin, sum[begin], best[begin] + penalty - squares[begin]});
    if (next_death <= end) {
      std::erase_if(candidates, [&](const Candidate &each) { return each.dies_at <= end; });
      next_death = std::numeric_limits<std::size_t>::max();
      for (const Candidate &each : candidates)
        next_death = std::min(next_death, each.dies_at);
    }
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -lowest;
    for (Candidate &each : candidates) {
      // The squared deviations from the mean of begin … end − 1, from sums.
      const double inside = sum[end] - each.sum;
      each.cost = each.base + squares[end] - inside * inside * inverse[end - each.begin];
      lowest = std::min(lowest, each.cost);
      highest = std::max(highest, each.cost);
    }
    best[end] = lowest;
    previous[end] = std::ranges::find(candidates, lowest, &Candidate::cost)->begin;
    if (highest <= lowest + penalty)
      continue;
    // A change here will be better than one there, as soon as a segment fits in between.
    for (Candidate &each : candidates) {
      if (each.cost <= lowest + penalty)
        continue;
      each.dies_at = std::min(each.dies_at, end + shortest);
      next_death = std::min(next_death, each.dies_at);
    }
  }
  return followed_back(previous);
}

} // namespace bootperf
