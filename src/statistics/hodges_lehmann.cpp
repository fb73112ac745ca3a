#include "statistics/hodges_lehmann.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "statistics/distributions.h"
#include "statistics/rank_tests.h"
#include "statistics/summary.h"

namespace bootperf {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> sorted_walsh_averages(std::span<const double> values) {
  std::vector<double> averages;
  averages.reserve(values.size() * (values.size() + 1) / 2);
  for (std::size_t i = 0; i < values.size(); ++i)
    for (std::size_t j = i; j < values.size(); ++j)
      averages.push_back((values[i] + values[j]) / 2);
  std::ranges::sort(averages);
  return averages;
}

} // namespace

HodgesLehmann hodges_lehmann(std::span<const double> values, double alpha) {
  if (values.empty())
    return {std::numeric_limits<double>::quiet_NaN(), -infinity, infinity};
  const std::vector<double> averages = sorted_walsh_averages(values);
  const std::size_t count = averages.size();
  HodgesLehmann result{(averages[(count - 1) / 2] + averages[count / 2]) / 2, -infinity, infinity};
  const std::vector<double> distribution = signed_rank_distribution(values.size());
  // So many averages may be left out on each side: the w with P(T⁺ ≤ w) ≤ alpha/2, 0 included.
  const auto outside =
      std::ranges::upper_bound(distribution, alpha / 2 * (1 + 1e-12)) - distribution.begin();
  const auto last = static_cast<std::size_t>(outside);
  if (last >= 1 && 2 * last <= count + 1) {
    result.low = averages[last - 1];
    result.high = averages[count - last];
  } else if (last >= 1) {
    result.low = result.high = result.estimate; // alpha near 1
  }
  return result;
}

double smallest_detectable(std::span<const double> log_ratios, double critical, double power) {
  const auto n = static_cast<double>(log_ratios.size());
  const double reached = std::max(critical, 0.0);
  if (log_ratios.size() < 2 || !(reached * reached < n))
    return infinity;
  const double t = reached * std::sqrt(n - 1) / std::sqrt(n - reached * reached);
  const double spread = std::max(mad_to_deviation * summarise(log_ratios).mad, smallest_log_spread);
  const double error = spread / std::sqrt(0.955 * n);
  return std::expm1((t + student_t_quantile(power, n - 1)) * error);
}

} // namespace bootperf
