#include "bench/paired_ratio.h"

#include <vector>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

TEST(RatioOfMedians, is_exact_where_every_pair_agrees) {
  const std::vector<double> below{10, 20, 40}, above{11, 22, 44};
  const auto estimate = ratio_of_medians(above, below, 0.95, 1);
  EXPECT_NEAR(estimate.ratio, 1.1, 1e-12);
  EXPECT_LE(estimate.low, estimate.ratio);
  EXPECT_GE(estimate.high, estimate.ratio);
}

TEST(RatioOfMedians, is_the_same_from_the_same_seed) {
  const std::vector<double> below{10, 11, 9, 12, 10}, above{10, 12, 9, 11, 10};
  const auto once = ratio_of_medians(above, below, 0.95, 7),
             again = ratio_of_medians(above, below, 0.95, 7);
  EXPECT_EQ(once.low, again.low);
  EXPECT_EQ(once.high, again.high);
}

TEST(RatioOfMedians, widens_with_the_confidence) {
  const std::vector<double> below{10, 11, 9, 12, 10, 13, 8}, above{10, 12, 9, 11, 14, 9, 10};
  const auto narrow = ratio_of_medians(above, below, 0.5, 7),
             wide = ratio_of_medians(above, below, 0.99, 7);
  EXPECT_LT(wide.low, narrow.low);
  EXPECT_GT(wide.high, narrow.high);
}

} // namespace
} // namespace bootperf
