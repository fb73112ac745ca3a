#include "verdict/looks.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

TEST(Looks, a_single_look_spends_all) {
  EXPECT_DOUBLE_EQ(alpha_at_look(0.01, Policy{}, 25, 10), 0.01);
  Policy one;
  one.counted_launches = one.counted_most = 3;
  EXPECT_DOUBLE_EQ(alpha_at_look(0.01, one, 25, 3), 0.01);
}

TEST(Looks, together_they_spend_no_more_than_all) {
  const double first = alpha_at_look(0.01, Policy{}, 25, 2);
  const double second = alpha_at_look(0.01, Policy{}, 25, 3);
  EXPECT_DOUBLE_EQ(first, 0.01 * 4 / 9);
  EXPECT_GE(first, 1.0 / 351);                // so 25 stored launches and two new ones can decide
  EXPECT_DOUBLE_EQ(second, 0.01 - 1.0 / 351); // the first look could only have rejected 1 of 351
}

TEST(Looks, one_that_could_reject_nothing_spends_nothing) {
  EXPECT_DOUBLE_EQ(alpha_at_look(0.01, Policy{}, 10, 3), 0.01); // 1/66 lies above the boundary
}

} // namespace
} // namespace bootperf
