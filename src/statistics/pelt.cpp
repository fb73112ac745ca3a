#include "statistics/pelt.h"

#include <algorithm>
#include <limits>

namespace bootperf {
namespace {

/// Sums over a series, from which the cost of any segment takes a few operations.
class Costs {
public:
  explicit Costs(std::span<const double> values)
      : sum_(values.size() + 1), squares_(values.size() + 1), inverse_(values.size() + 1) {
    // Values far from zero would lose their digits in the squares.
    const double centre = values.empty() ? 0 : values[values.size() / 2];
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double value = values[i] - centre;
      sum_[i + 1] = sum_[i] + value;
      squares_[i + 1] = squares_[i] + value * value;
      inverse_[i + 1] = 1 / static_cast<double>(i + 1);
    }
  }

  /// Sum of squared deviations from the mean of begin … end − 1.
  double of(std::size_t begin, std::size_t end) const {
    const double sum = sum_[end] - sum_[begin];
    return squares_[end] - squares_[begin] - sum * sum * inverse_[end - begin];
  }

private:
  std::vector<double> sum_, squares_, inverse_;
};

/// A place where the last segment may begin, and from when on no longer.
struct Candidate {
  std::size_t begin = 0;
  std::size_t dies_at = std::numeric_limits<std::size_t>::max();
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
  const Costs costs(values);
  std::vector<double> best(n + 1, std::numeric_limits<double>::infinity());
  std::vector<std::size_t> previous(n + 1, 0);
  best[0] = -penalty;
  std::vector<Candidate> candidates = {{0}};
  std::vector<double> without_change;
  for (std::size_t end = shortest; end <= n; ++end) {
    if (end >= 2 * shortest)
      candidates.push_back({end - shortest});
    std::erase_if(candidates, [&](const Candidate &each) { return each.dies_at <= end; });
    without_change.resize(candidates.size());
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      without_change[i] = best[candidates[i].begin] + costs.of(candidates[i].begin, end);
      if (without_change[i] < without_change[chosen])
        chosen = i;
    }
    best[end] = without_change[chosen] + penalty;
    previous[end] = candidates[chosen].begin;
    // A change here will be better than one there, as soon as a segment fits in between.
    for (std::size_t i = 0; i < candidates.size(); ++i)
      if (without_change[i] > best[end])
        candidates[i].dies_at = std::min(candidates[i].dies_at, end + shortest);
  }
  return followed_back(previous);
}

} // namespace bootperf
