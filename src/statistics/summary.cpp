#include "statistics/summary.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace bootperf {
namespace {

double middle(std::vector<double> &values) {
  const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, half);
  if (values.size() % 2 == 1)
    return *half;
  return (*half + *std::max_element(values.begin(), half)) / 2;
}

} // namespace

Summary summarise(std::span<const double> values) {
  constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
  if (values.empty())
    return {0, nothing, nothing, nothing, nothing, nothing, nothing};
  Summary summary;
  summary.n = values.size();
  const auto n = static_cast<double>(values.size());
  for (const double value : values)
    summary.mean += value / n;
  double squares = 0;
  for (const double value : values)
    squares += (value - summary.mean) * (value - summary.mean);
  summary.standard_deviation = values.size() < 2 ? nothing : std::sqrt(squares / (n - 1));
  std::vector<double> work(values.begin(), values.end());
  summary.median = middle(work);
  std::ranges::transform(work, work.begin(),
                         [&](double value) { return std::abs(value - summary.median); });
  summary.mad = middle(work);
  const auto [minimum, maximum] = std::ranges::minmax(values);
  summary.minimum = minimum;
  summary.maximum = maximum;
  return summary;
}

double geometric_mean(const LaunchValues &launches, std::size_t column) {
  double sum = 0;
  for (const std::vector<double> &launch : launches)
    sum += std::log(launch[column]);
  return std::exp(sum / static_cast<double>(launches.size()));
}

} // namespace bootperf
