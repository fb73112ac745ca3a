#include "campaign/launch_order.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

TEST(LaunchOrder, a_block_holds_a_launch_of_each_side_of_each_scenario) {
  const auto order = block_order(1, 7, {"Launch/traced", "Launch/quiet"});
  ASSERT_EQ(order.size(), 4u);
  EXPECT_EQ(order[0].scenario, order[1].scenario) << "base and head stand next to each other";
  EXPECT_NE(order[0].subject, order[1].subject);
  EXPECT_NE(order[2].subject, order[3].subject);
  EXPECT_NE(order[0].scenario, order[2].scenario);
}

TEST(LaunchOrder, is_the_same_from_the_same_seed_and_number) {
  EXPECT_EQ(block_order(5, 3, {"a", "b"}), block_order(5, 3, {"a", "b"}));
  EXPECT_EQ(shuffled_order(5, 3, "a", 10, 3), shuffled_order(5, 3, "a", 10, 3));
}

TEST(LaunchOrder, chance_decides_which_side_comes_first) {
  int base_first = 0;
  for (std::uint64_t block = 1; block <= 200; ++block)
    base_first += block_order(5, block, {"a"}).front().subject == "base" ? 1 : 0;
  EXPECT_GT(base_first, 70);
  EXPECT_LT(base_first, 130);
}

TEST(LaunchOrder, a_round_of_counted_launches_holds_what_was_asked_for) {
  const auto order = shuffled_order(5, 1, "a", 10, 3);
  EXPECT_EQ(order.size(), 13u);
  EXPECT_EQ(std::ranges::count(order, "head", &PlannedLaunch::subject), 3);
}

} // namespace
} // namespace bootperf
