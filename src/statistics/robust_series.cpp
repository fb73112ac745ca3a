#include "statistics/robust_series.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace bootperf {
namespace {

constexpr double mad_to_deviation = 1.4826; // of a normal distribution
constexpr std::size_t run = 4;              // nights of the longer scale
constexpr std::size_t reach = 3;            // neighbours on either side
constexpr double farthest = 3;              // deviations

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

} // namespace bootperf
