#include "statistics/summary.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

TEST(Summary, of_a_known_sample) {
  const std::vector<double> values = {2, 4, 4, 4, 5, 5, 7, 9};
  const Summary summary = summarise(values);
  EXPECT_EQ(summary.n, 8u);
  EXPECT_DOUBLE_EQ(summary.mean, 5);
  EXPECT_DOUBLE_EQ(summary.standard_deviation, std::sqrt(32.0 / 7)); // n − 1, not n
  EXPECT_DOUBLE_EQ(summary.median, 4.5);
  EXPECT_DOUBLE_EQ(summary.mad, 0.5);
  EXPECT_DOUBLE_EQ(summary.minimum, 2);
  EXPECT_DOUBLE_EQ(summary.maximum, 9);
}

TEST(Summary, median_of_an_odd_sample_is_its_middle_in_any_order) {
  const std::vector<double> values = {9, 1, 5};
  EXPECT_DOUBLE_EQ(summarise(values).median, 5);
  EXPECT_DOUBLE_EQ(summarise(values).mad, 4);
}

TEST(Summary, one_value_has_no_deviation) {
  const std::vector<double> values = {3};
  EXPECT_DOUBLE_EQ(summarise(values).mean, 3);
  EXPECT_TRUE(std::isnan(summarise(values).standard_deviation));
}

TEST(Summary, of_nothing_is_not_a_number) {
  const Summary summary = summarise({});
  EXPECT_EQ(summary.n, 0u);
  EXPECT_TRUE(std::isnan(summary.mean));
  EXPECT_TRUE(std::isnan(summary.median));
  EXPECT_TRUE(std::isnan(summary.maximum));
}

} // namespace
} // namespace bootperf
