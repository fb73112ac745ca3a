#include "statistics/block_test.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "statistics/random.h"

namespace bootperf {
namespace {

/// Blocks of columns that take about a second, base and head each within ± spread, head slower by
/// the given ratios − 1.
BlockValues blocks(std::size_t count, const std::vector<double> &slower, double spread,
                   std::uint64_t seed = 1) {
  Random random(seed);
  const auto noise = [&] { return 1e9 * std::exp(spread * (2 * random.unit() - 1)); };
  BlockValues values;
  for (std::size_t block = 0; block < count; ++block) {
    std::vector<double> base, head;
    for (const double each : slower) {
      base.push_back(noise());
      head.push_back(noise() * (1 + each));
    }
    values.base.push_back(base);
    values.head.push_back(head);
  }
  return values;
}

std::vector<ColumnMargin> margins(std::size_t columns, double tolerance = 0.1, double floor = 0) {
  return std::vector<ColumnMargin>(columns, {tolerance, floor});
}

TEST(BlockTest, unchanged_blocks_pass_at_the_first_look) {
  const BlockDecision decision = decide_blocks(blocks(25, {0, 0, 0}, 0.02), margins(3), {});
  EXPECT_TRUE(decision.decided);
  EXPECT_EQ(decision.looks, std::vector<std::size_t>{10});
  EXPECT_EQ(decision.blocks, 10u) << "the other fifteen were not needed";
  for (const ColumnDecision &column : decision.columns) {
    EXPECT_EQ(column.verdict, Verdict::pass);
    EXPECT_LT(column.smallest_detectable, 0.1);
  }
}

TEST(BlockTest, a_slow_column_regresses_and_the_others_pass) {
  const BlockDecision decision = decide_blocks(blocks(25, {0, 0.15, 0}, 0.02), margins(3), {});
  EXPECT_TRUE(decision.decided);
  EXPECT_EQ(decision.columns[0].verdict, Verdict::pass);
  EXPECT_EQ(decision.columns[1].verdict, Verdict::regressed);
  EXPECT_NEAR(decision.columns[1].ratio, 1.15, 0.02);
  EXPECT_LT(decision.columns[1].ratio - decision.columns[1].half_width, 1.15);
  EXPECT_LE(decision.columns[1].p_slower, 0.01);
}

TEST(BlockTest, a_fast_column_improves) {
  const BlockDecision decision = decide_blocks(blocks(25, {-0.2}, 0.02), margins(1), {});
  EXPECT_EQ(decision.columns[0].verdict, Verdict::improved);
  EXPECT_LE(decision.columns[0].p_faster, 0.01);
}

TEST(BlockTest, what_is_significant_but_below_the_margin_is_no_regression) {
  const BlockDecision decision = decide_blocks(blocks(25, {0.03}, 0.01), margins(1), {});
  EXPECT_EQ(decision.columns[0].verdict, Verdict::pass);
  EXPECT_LE(decision.columns[0].p_slower, 0.01);
}

TEST(BlockTest, an_effect_below_the_floor_is_no_regression) {
  // 15 % of a second is 150 ms.
  EXPECT_EQ(decide_blocks(blocks(25, {0.15}, 0.02), margins(1, 0.1, 300e6), {}).columns[0].verdict,
            Verdict::pass);
  EXPECT_EQ(decide_blocks(blocks(25, {0.15}, 0.02), margins(1, 0.1, 100e6), {}).columns[0].verdict,
            Verdict::regressed);
}

TEST(BlockTest, what_is_too_noisy_stays_inconclusive) {
  const BlockDecision decision = decide_blocks(blocks(25, {0}, 0.8), margins(1), {});
  EXPECT_FALSE(decision.decided);
  EXPECT_EQ(decision.columns[0].verdict, Verdict::inconclusive);
  EXPECT_EQ(decision.looks.size(), 6u);
  EXPECT_GT(decision.columns[0].smallest_detectable, 0.1);
}

TEST(BlockTest, before_the_first_look_nothing_is_decided_but_estimates_are_there) {
  const BlockDecision decision = decide_blocks(blocks(9, {0.5}, 0.02), margins(1), {});
  EXPECT_TRUE(decision.looks.empty());
  EXPECT_EQ(decision.columns[0].verdict, Verdict::inconclusive);
  EXPECT_NEAR(decision.columns[0].ratio, 1.5, 0.05);
  EXPECT_TRUE(std::isinf(decision.columns[0].smallest_detectable));
}

TEST(BlockTest, nothing_is_nothing) {
  EXPECT_FALSE(decide_blocks({}, margins(2), {}).decided);
  EXPECT_FALSE(decide_blocks(blocks(10, {0}, 0.1), {}, {}).decided);
}

TEST(BlockTest, the_same_seed_gives_the_same_decision) {
  const BlockValues values = blocks(25, {0.08}, 0.1);
  const BlockDecision one = decide_blocks(values, margins(1), {.seed = 3});
  const BlockDecision other = decide_blocks(values, margins(1), {.seed = 3});
  EXPECT_EQ(one.columns[0].p_slower, other.columns[0].p_slower);
  EXPECT_EQ(one.looks, other.looks);
}

// 500 comparisons of nothing with nothing at an error rate of 0.1, where 34 to 66 would fail 95 %
// of the time; the rule may fail fewer, because a regression has to reach the margin, too.
TEST(BlockTest, keeps_its_error_rate_over_columns_and_looks) {
  BlockRule rule;
  rule.alpha = rule.alpha_faster = 0.1;
  rule.flips = 499;
  int failed = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    rule.seed = seed;
    const auto decision =
        decide_blocks(blocks(25, {0, 0, 0, 0}, 0.1, seed), margins(4, 1e-6), rule);
    failed += std::ranges::any_of(decision.columns, [](const ColumnDecision &column) {
      return column.verdict == Verdict::regressed;
    });
  }
  EXPECT_LE(failed, 66);
  EXPECT_GE(failed, 10) << "it would be no test if nothing could fail";
}

} // namespace
} // namespace bootperf
