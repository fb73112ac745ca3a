#include "statistics/change_points.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "statistics/summary.h"

namespace bootperf {
namespace {

constexpr std::size_t run = 4;   // nights of the longer scale
constexpr std::size_t reach = 3; // neighbours on either side
constexpr double farthest = 3;   // deviations

double median_of(std::span<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

/// From the differences of the means of neighbouring runs of this length.
double deviation_of_runs(std::span<const double> values, std::size_t length) {
  // A step shows in 2 · length − 1 of the differences, which have to stay a minority.
  if (values.size() < 6 * length)
    return 0;
  std::vector<double> differences;
  differences.reserve(values.size());
  double difference = 0;
  for (std::size_t i = 0; i < length; ++i)
    difference += values[length + i] - values[i];
  differences.push_back(std::abs(difference));
  for (std::size_t i = 0; i + 2 * length < values.size(); ++i) {
    difference += values[i + 2 * length] - 2 * values[i + length] + values[i];
    differences.push_back(std::abs(difference));
  }
  // The difference of two sums of `length` values has 2 · length times their variance.
  return mad_to_deviation * median_of(differences) / std::sqrt(2.0 * static_cast<double>(length));
}

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

constexpr std::size_t window = 256;

// Twice the log likelihood ratio that the true place stays below with 95 % confidence: the two
// walks away from it exceed c with probability exp(−c/2) each, so (1 − exp(−c/2))² = 0.95.
constexpr double confidence_ratio = 7.35;

/// The steps of one window, and its deviation.
struct Steps {
  std::vector<std::size_t> at;
  double deviation = 0;
};

Steps steps_of(std::span<const double> values, const ChangePointSettings &settings) {
  const double deviation = std::max(settings.smallest_deviation, step_free_deviation(values));
  const double penalty =
      2 * deviation * deviation * std::log(std::max(1.0, settings.values_between_false_alarms));
  return {pelt(values, penalty, settings.shortest), deviation};
}

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values)
    sum += value;
  return sum / static_cast<double>(values.size());
}

/// How much worse the step between two levels fits when it comes at another place: the change of
/// the squared deviations, place by place away from it.
ChangePoint described(std::span<const double> values, std::size_t begin, std::size_t at,
                      std::size_t end, double deviation) {
  ChangePoint point{at, at, at, mean_of(values.subspan(begin, at - begin)),
                    mean_of(values.subspan(at, end - at))};
  const auto nearer_before = [&](std::size_t i) {
    const double to_before = values[i] - point.before;
    const double to_after = values[i] - point.after;
    return to_after * to_after - to_before * to_before;
  };
  const double limit = confidence_ratio * deviation * deviation;
  double worse = 0;
  for (std::size_t i = at; i-- > begin + 1;) {
    worse += nearer_before(i);
    if (worse <= limit)
      point.earliest = i;
  }
  worse = 0;
  for (std::size_t i = at; i + 1 < end; ++i) {
    worse -= nearer_before(i);
    if (worse <= limit)
      point.latest = i + 1;
  }
  return point;
}

} // namespace

double step_free_deviation(std::span<const double> values) {
  return std::max(deviation_of_runs(values, 1), deviation_of_runs(values, run));
}

std::vector<double> without_outliers(std::span<const double> values) {
  const double limit = farthest * deviation_of_runs(values, 1);
  std::vector<double> result(values.begin(), values.end());
  std::array<double, 2 * reach + 1> around{};
  for (std::size_t i = 0; i < values.size() && limit > 0; ++i) {
    const std::size_t begin = i < reach ? 0 : i - reach;
    const std::size_t end = std::min(values.size(), i + reach + 1);
    const auto neighbours = values.subspan(begin, end - begin);
    std::ranges::copy(neighbours, around.begin());
    const double centre = median_of(std::span(around).first(neighbours.size()));
    result[i] = std::clamp(values[i], centre - limit, centre + limit);
  }
  return result;
}

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

std::vector<ChangePoint> change_points(std::span<const double> values,
                                       const ChangePointSettings &settings) {
  if (values.size() < fewest_values)
    return {};
  const std::vector<double> calm = without_outliers(values);
  std::vector<std::size_t> at;
  std::vector<double> deviations;
  for (std::size_t begin = 0;;) {
    const std::size_t end = std::min(calm.size(), begin + window);
    const bool last = end == calm.size();
    const Steps steps = steps_of(std::span(calm).subspan(begin, end - begin), settings);
    std::size_t next = begin + window / 2;
    // What lies near the end of a window is left to the next one, which sees more of what follows.
    for (const std::size_t step : steps.at) {
      if (!last && step >= window / 4 * 3)
        break;
      at.push_back(begin + step);
      deviations.push_back(steps.deviation);
      next = std::max(next, at.back());
    }
    if (last)
      break;
    begin = next;
  }
  std::vector<ChangePoint> points;
  for (std::size_t i = 0; i < at.size(); ++i)
    points.push_back(described(calm, i == 0 ? 0 : at[i - 1], at[i],
                               i + 1 < at.size() ? at[i + 1] : calm.size(), deviations[i]));
  return points;
}

} // namespace bootperf
