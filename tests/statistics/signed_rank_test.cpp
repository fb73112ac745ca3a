#include "statistics/signed_rank.h"

#include <cmath>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

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
