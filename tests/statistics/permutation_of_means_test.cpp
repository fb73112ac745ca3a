#include "statistics/permutation_of_means.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "statistics/random.h"

namespace bootperf {
namespace {

TEST(PermutationOfMeans, groups_that_do_not_overlap_are_the_rarest_assignment) {
  const std::vector<double> low = {1, 2, 3};
  const std::vector<double> high = {10, 11, 12};
  EXPECT_DOUBLE_EQ(permutation_of_means_p(low, high, 9999, 1), 2.0 / 20);
  EXPECT_DOUBLE_EQ(permutation_of_means_p(high, low, 9999, 1), 2.0 / 20);
}

/// Twice the smaller share of the subsets whose difference of means reaches the observed one.
double brute_force(const std::vector<double> &first, const std::vector<double> &second) {
  std::vector<double> all = first;
  all.insert(all.end(), second.begin(), second.end());
  const auto n2 = static_cast<int>(second.size());
  const auto difference = [&](unsigned mask) {
    double sums[2] = {};
    double sizes[2] = {};
    for (std::size_t i = 0; i < all.size(); ++i) {
      sums[mask >> i & 1] += all[i];
      sizes[mask >> i & 1] += 1;
    }
    return sums[1] / sizes[1] - sums[0] / sizes[0];
  };
  const double observed = difference(((1u << n2) - 1) << first.size());
  double larger = 0;
  double smaller = 0;
  double total = 0;
  for (unsigned mask = 0; mask < 1u << all.size(); ++mask) {
    if (__builtin_popcount(mask) != n2)
      continue;
    ++total;
    larger += difference(mask) >= observed - 1e-7 ? 1 : 0;
    smaller += difference(mask) <= observed + 1e-7 ? 1 : 0;
  }
  return std::min(1.0, 2 * std::min(larger, smaller) / total);
}

TEST(PermutationOfMeans, equals_brute_force_with_ties_and_in_any_unit) {
  Random random(2);
  for (const std::size_t n1 : {1, 3, 5})
    for (const std::size_t n2 : {1, 2, 6})
      for (const double unit : {1.0, 1e9}) {
        std::vector<double> first(n1);
        std::vector<double> second(n2);
        for (double &value : first)
          value = unit * (100 + static_cast<double>(random.below(5)));
        for (double &value : second)
          value = unit * (101 + static_cast<double>(random.below(5)));
        std::vector<double> plain_first = first;
        std::vector<double> plain_second = second;
        for (double &value : plain_first)
          value /= unit;
        for (double &value : plain_second)
          value /= unit;
        EXPECT_NEAR(permutation_of_means_p(first, second, 9999, 1),
                    brute_force(plain_first, plain_second), 1e-12);
      }
}

TEST(PermutationOfMeans, too_many_are_drawn_and_p_is_never_zero) {
  std::vector<double> first;
  std::vector<double> second;
  for (int i = 0; i < 10; ++i) {
    first.push_back(100 + i);
    second.push_back(200 + i);
  }
  EXPECT_DOUBLE_EQ(permutation_of_means_p(first, second, 999, 1), 2.0 / 1000);
  EXPECT_EQ(permutation_of_means_p(first, second, 999, 1),
            permutation_of_means_p(first, second, 999, 1));
}

TEST(PermutationOfMeans, equal_values_and_empty_groups_tell_nothing) {
  const std::vector<double> equal(4, 3.0);
  EXPECT_EQ(permutation_of_means_p(equal, equal, 9999, 1), 1);
  EXPECT_EQ(permutation_of_means_p({}, equal, 9999, 1), 1);
  EXPECT_EQ(permutation_of_means_p(equal, {}, 9999, 1), 1);
}

} // namespace
} // namespace bootperf
