#include "statistics/change_points.h"

#include <algorithm>
#include <cmath>

#include "statistics/pelt.h"
#include "statistics/robust_series.h"

namespace bootperf {
namespace {

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
