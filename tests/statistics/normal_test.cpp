#include "statistics/normal.h"

#include <cmath>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

// Abramowitz & Stegun, Handbook of Mathematical Functions, 1964, tables 26.1 and 26.5.
TEST(Normal, agrees_with_the_published_tables) {
  EXPECT_NEAR(normal_cdf(1), 0.841344746068543, 1e-15);
  EXPECT_NEAR(normal_cdf(2), 0.977249868051821, 1e-15);
  EXPECT_NEAR(normal_quantile(0.9), 1.28155, 5e-6);
  EXPECT_NEAR(normal_quantile(0.975), 1.95996, 5e-6);
  EXPECT_NEAR(normal_quantile(0.99), 2.32635, 5e-6);
  EXPECT_NEAR(normal_quantile(0.999), 3.09023, 5e-6);
}

TEST(Normal, quantile_undoes_the_distribution) {
  for (const double p : {1e-300, 1e-20, 1e-5, 0.02425, 0.0243, 0.3, 0.5})
    EXPECT_NEAR(normal_cdf(normal_quantile(p)) / p, 1, 1e-11) << p;
  for (const double p : {0.6, 0.9, 0.99999})
    EXPECT_NEAR(normal_cdf(normal_quantile(p)), p, 1e-15) << p;
}

TEST(Normal, outside_its_range_is_not_a_number) {
  EXPECT_TRUE(std::isnan(normal_quantile(0)));
  EXPECT_TRUE(std::isnan(normal_quantile(1)));
  EXPECT_TRUE(std::isnan(normal_quantile(std::nan(""))));
}

} // namespace
} // namespace bootperf
