#include "statistics/rank_tests.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "statistics/random.h"

namespace bootperf {
namespace {

// The example of scipy.stats.mannwhitneyu: age at diagnosis of diabetes.
const std::vector<double> males = {19, 22, 16, 29, 24};
const std::vector<double> females = {20, 11, 17, 12};

TEST(MannWhitney, agrees_with_the_published_example) {
  EXPECT_NEAR(mann_whitney_p(males, females), 0.1111111111111111, 1e-12);
}

/// Groups without ties in which U is that: pairs with the first group's value larger.
double p_of_u(std::size_t u, std::size_t n1, std::size_t n2) {
  // Move the first group's values up past the second's, a pair a step, the largest first.
  std::vector<double> first(n1);
  for (std::size_t i = 0; i < n1; ++i) {
    const std::size_t passed = std::min(u, n2);
    u -= passed;
    first[n1 - 1 - i] = static_cast<double>(passed) - 0.5 - 0.01 * static_cast<double>(i);
  }
  std::vector<double> second(n2);
  for (std::size_t i = 0; i < n2; ++i)
    second[i] = static_cast<double>(i);
  return mann_whitney_p(first, second);
}

// Two-sided critical values at 5 and 1 %: Auble, Extended tables for the Mann–Whitney statistic,
// 1953 (as reprinted in most textbooks).
TEST(MannWhitney, critical_values_are_those_of_the_published_table) {
  struct {
    std::size_t n1, n2, at_5, at_1;
  } const table[] = {{5, 5, 2, 0},     {5, 8, 6, 2},     {8, 8, 13, 7},
                     {10, 10, 23, 16}, {10, 20, 55, 42}, {20, 20, 127, 105}};
  for (const auto &row : table) {
    EXPECT_LE(p_of_u(row.at_5, row.n1, row.n2), 0.05) << row.n1 << " + " << row.n2;
    EXPECT_GT(p_of_u(row.at_5 + 1, row.n1, row.n2), 0.05) << row.n1 << " + " << row.n2;
    EXPECT_LE(p_of_u(row.at_1, row.n1, row.n2), 0.01) << row.n1 << " + " << row.n2;
    EXPECT_GT(p_of_u(row.at_1 + 1, row.n1, row.n2), 0.01) << row.n1 << " + " << row.n2;
  }
}

TEST(MannWhitney, equals_brute_force_over_all_subsets) {
  constexpr std::size_t n = 9;
  for (unsigned observed = 1; observed < (1u << n) - 1; observed += 7) {
    const auto u_of = [](unsigned mask) {
      double u = 0;
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < i; ++j)
          u += (mask >> i & 1) && !(mask >> j & 1) ? 1 : 0;
      return u;
    };
    const int size = __builtin_popcount(observed);
    const double middle = size * (9.0 - size) / 2;
    double all = 0;
    double reached = 0;
    for (unsigned mask = 0; mask < 1u << n; ++mask) {
      if (__builtin_popcount(mask) != size)
        continue;
      ++all;
      reached += std::abs(u_of(mask) - middle) >= std::abs(u_of(observed) - middle) ? 1 : 0;
    }
    std::vector<double> groups[2];
    for (std::size_t i = 0; i < n; ++i)
      groups[observed >> i & 1].push_back(static_cast<double>(i));
    EXPECT_NEAR(mann_whitney_p(groups[1], groups[0]), reached / all, 1e-12);
    EXPECT_NEAR(mann_whitney_p(groups[0], groups[1]), reached / all, 1e-12);
  }
}

// By hand: U = 3.5 of 25, three 2s, two 4s, two 5s: Σ(t³ − t) = 24 + 6 + 6, variance 25/12 · (11 −
// 36/90) = 22.0833, z = (3.5 − 12.5 + 0.5)/4.6993 = −1.8088, p = 2·Φ(z) = 0.0705.
TEST(MannWhitney, ties_take_the_normal_approximation_with_both_corrections) {
  const std::vector<double> first = {1, 2, 2, 3, 4};
  const std::vector<double> second = {2, 4, 5, 5, 6};
  EXPECT_NEAR(mann_whitney_p(first, second), 0.0705, 0.0001);
}

TEST(MannWhitney, equal_values_and_empty_groups_tell_nothing) {
  const std::vector<double> equal(6, 3.0);
  EXPECT_EQ(mann_whitney_p(equal, equal), 1);
  EXPECT_EQ(mann_whitney_p({}, equal), 1);
  EXPECT_EQ(mann_whitney_p(equal, {}), 1);
}

TEST(MannWhitney, approximation_continues_the_exact_distribution) {
  Random random(12);
  std::vector<double> first(20);
  std::vector<double> second(20);
  for (std::size_t i = 0; i < 20; ++i) {
    first[i] = random.unit();
    second[i] = random.unit() + 0.2;
  }
  const double exact = mann_whitney_p(first, second);
  first[0] = second[0]; // a tie: now approximate
  EXPECT_NEAR(mann_whitney_p(first, second), exact, 0.05);
}

// Largest T with a one-sided probability of at most p: Wilcoxon & Wilcox, Some Rapid Approximate
// Statistical Procedures, 1964, table 2 (as reprinted in most textbooks).
TEST(SignedRank, critical_values_are_those_of_the_published_table) {
  struct {
    std::size_t n;
    double at_5, at_2_5, at_1, at_0_5;
  } const table[] = {
      {8, 5, 3, 1, 0},      {9, 8, 5, 3, 1},      {10, 10, 8, 5, 3},     {12, 17, 13, 9, 7},
      {15, 30, 25, 19, 15}, {20, 60, 52, 43, 37}, {25, 100, 89, 76, 68}, {30, 151, 137, 120, 109},
  };
  const auto critical = [](double p, std::size_t n) {
    double w = -1;
    while (signed_rank_cdf(w + 1, n) <= p)
      ++w;
    return w;
  };
  for (const auto &row : table) {
    EXPECT_EQ(critical(0.05, row.n), row.at_5) << row.n;
    EXPECT_EQ(critical(0.025, row.n), row.at_2_5) << row.n;
    EXPECT_EQ(critical(0.01, row.n), row.at_1) << row.n;
    EXPECT_EQ(critical(0.005, row.n), row.at_0_5) << row.n;
  }
}

TEST(SignedRank, distribution_equals_brute_force) {
  for (std::size_t n = 0; n <= 10; ++n) {
    std::vector<double> count(n * (n + 1) / 2 + 1);
    for (unsigned positive = 0; positive < 1u << n; ++positive) {
      std::size_t sum = 0;
      for (std::size_t i = 0; i < n; ++i)
        sum += (positive >> i & 1) ? i + 1 : 0;
      ++count[sum];
    }
    const std::vector<double> distribution = signed_rank_distribution(n);
    ASSERT_EQ(distribution.size(), count.size());
    double below = 0;
    for (std::size_t w = 0; w < count.size(); ++w) {
      below += count[w];
      EXPECT_DOUBLE_EQ(distribution[w], below / static_cast<double>(1u << n));
    }
  }
}

TEST(SignedRank, quantile_undoes_the_distribution) {
  for (double w = 0; w <= 55; ++w)
    EXPECT_EQ(signed_rank_quantile(signed_rank_cdf(w, 10), 10), w);
  EXPECT_EQ(signed_rank_quantile(0.5, 3), 3); // P(T ≤ 2) = 3/8, P(T ≤ 3) = 5/8
}

TEST(SignedRank, two_hundred_differences_are_nearly_normal) {
  const std::vector<double> distribution = signed_rank_distribution(200);
  EXPECT_NEAR(distribution[10049] + distribution[10050], 1, 1e-12); // symmetric about 10050
  const double deviation = std::sqrt(200.0 * 201 * 401 / 24);
  const auto two_below = static_cast<std::size_t>(10050 - 2 * deviation);
  EXPECT_NEAR(distribution[two_below], 0.02275, 0.0003);
}

TEST(SignedRank, outside_its_range) {
  EXPECT_EQ(signed_rank_cdf(-1, 5), 0);
  EXPECT_EQ(signed_rank_cdf(15, 5), 1);
  EXPECT_EQ(signed_rank_cdf(1e300, 5), 1);
  EXPECT_EQ(signed_rank_quantile(0, 5), 0);
  EXPECT_EQ(signed_rank_quantile(1, 5), 15);
  EXPECT_TRUE(std::isnan(signed_rank_quantile(1.5, 5)));
  EXPECT_TRUE(std::isnan(signed_rank_quantile(std::nan(""), 5)));
}

} // namespace
} // namespace bootperf
