#include "statistics/permutation_of_means.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "statistics/assignments.h"
#include "statistics/summary.h"
#include "statistics/ties.h"

namespace bootperf {

double permutation_of_means_p(std::span<const double> first, std::span<const double> second,
                              std::uint64_t draws, std::uint64_t seed) {
  if (first.empty() || second.empty())
    return 1;
  std::vector<double> values(first.begin(), first.end());
  values.insert(values.end(), second.begin(), second.end());
  // About their mean and in units of the largest deviation. The means then differ by a multiple of
  // the second group's sum, which therefore orders the assignments as well.
  const double mean = summarise(values).mean;
  double largest = 0;
  for (double &value : values) {
    value -= mean;
    largest = std::max(largest, std::abs(value));
  }
  if (largest > 0)
    for (double &value : values)
      value /= largest;
  double observed = 0;
  for (std::size_t i = first.size(); i < values.size(); ++i)
    observed += values[i];
  std::uint64_t larger = 0;
  std::uint64_t smaller = 0;
  const AssignmentCount assignments =
      for_each_assignment(values.size(), second.size(), seed, draws, [&](Chosen chosen) {
        double sum = 0;
        for (const std::size_t i : chosen)
          sum += values[i];
        larger += sum >= tied(observed) ? 1 : 0;
        smaller += -sum >= tied(-observed) ? 1 : 0;
      });
  return std::min(1.0, 2 * permutation_p(std::min(larger, smaller), assignments));
}

} // namespace bootperf
