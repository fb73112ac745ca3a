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
  EXPECT_GE(first,
            1.0 / 351); // so 25 stored launches and two new ones can decide
  EXPECT_DOUBLE_EQ(second,
                   0.01 - 1.0 / 351); // the first look could only have rejected 1 of 351
}

TEST(Looks, one_that_could_reject_nothing_spends_nothing) {
  EXPECT_DOUBLE_EQ(alpha_at_look(0.01, Policy{}, 10, 3),
                   0.01); // 1/66 lies above the boundary
}

TEST(Looks, come_from_ten_blocks_on_and_at_the_end) {
  EXPECT_EQ(block_looks(25), (std::vector<std::size_t>{10, 12, 14, 16, 20, 25}));
  EXPECT_EQ(block_looks(12), (std::vector<std::size_t>{10, 12}));
  EXPECT_EQ(block_looks(6), (std::vector<std::size_t>{6}));
  EXPECT_TRUE(block_looks(0).empty());
}

TEST(Looks, at_counted_rounds_can_decide_from_the_first_on) {
  const auto first = counted_looks(3), all = counted_looks(5);
  ASSERT_EQ(first.size(), 1u);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_GE(alpha_at_last(0.01, first, 5),
            1.0 / 286); // 10 of base and 3 of head
  EXPECT_EQ(all.back().base, all_counted_rounds().base);
}

TEST(Looks, at_counted_rounds_spend_no_more_than_all_together) {
  const auto looks = counted_looks(5);
  double spent = 0;
  for (std::size_t made = 1; made <= looks.size(); ++made)
    spent += alpha_at_last(0.01, {looks.data(), made}, 5);
  // What a look may spend but cannot, because p values come in steps, the next
  // one may: so the sum of the allowances exceeds α by less than those steps.
  EXPECT_LE(spent, 0.01 + 1.0 / 286 + 1.0 / 1820);
}

} // namespace
} // namespace bootperf
