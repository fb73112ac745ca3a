#include "verdict/samples/blocks.h"

#include <gtest/gtest.h>

#include "verdict/synthetic.h"

namespace bootperf {
namespace {

using synthetic::session;
using synthetic::Shape;

const std::vector<std::string> traced = {"Launch/traced"};
const BlockColumn init{"Launch/traced", "run > launch > /init"};

Session pair_of(const Shape &head, int launches = 12) {
  return paired(session("a", "traced", launches), session("b", "traced", launches, head)).value();
}

TEST(Blocks, pair_sessions_in_order_of_time) {
  const Session pair = pair_of({});
  const auto blocks = blocks_of(pair, traced, Metric::wall);
  ASSERT_EQ(blocks.size(), 12u);
  EXPECT_EQ(blocks.front().number, 1);
  EXPECT_EQ(pair.comparison->most_launches, 24u);
  const BlockValues values = block_values(blocks, {init});
  EXPECT_EQ(values.base.size(), 12u);
  EXPECT_EQ(values.base[0][0], phase_values(pair.launches[0], Metric::wall).at(init.phase));
}

TEST(Blocks, of_recorded_sessions_leave_counted_launches_out_of_the_budget) {
  Session base = session("a", "traced", 12), head = session("b", "traced", 12);
  for (Session *side : {&base, &head})
    synthetic::add_scenario(*side, "counted", 10, {});
  EXPECT_EQ(paired(base, head)->comparison->most_launches, 24u);
  for (Session *side : {&base, &head})
    synthetic::add_scenario(*side, "quiet", 14, {});
  EXPECT_EQ(paired(base, head)->comparison->most_launches, 48u);
}

TEST(Blocks, one_with_a_failed_launch_is_left_out) {
  Session pair = pair_of({});
  pair.launches[3].ok = false;
  const auto blocks = blocks_of(pair, traced, Metric::wall);
  ASSERT_EQ(blocks.size(), 11u);
  EXPECT_EQ(blocks[3].number, 5);
}

TEST(Blocks, warm_ups_and_rebuilt_appliances_do_not_count) {
  Session pair = pair_of({});
  pair.launches[0].warmup = true;
  pair.launches[1].appliance_rebuilt = true;
  EXPECT_EQ(blocks_of(pair, traced, Metric::wall).size(), 10u);
}

TEST(Blocks, need_every_scenario) {
  EXPECT_TRUE(blocks_of(pair_of({}), {"Launch/traced", "Launch/quiet"}, Metric::wall).empty());
}

TEST(Blocks, a_phase_that_one_side_lacks_is_not_measured) {
  const Shape without{.slower = {}, .missing = {"run > launch > /init > lvm"}};
  const auto blocks = blocks_of(pair_of(without), traced, Metric::wall);
  EXPECT_EQ(missing_in_blocks(blocks, {"Launch/traced", "run > launch > /init > lvm"}),
            "measured on both sides in 0 of 12 blocks");
  EXPECT_EQ(missing_in_blocks(blocks, init), "");
}

TEST(Blocks, sessions_that_cannot_be_paired_are_input_errors) {
  const auto other = paired(session("a", "traced", 2), session("b", "quiet", 2));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().message, "sessions a and b have no scenario in common");
  const auto twice = paired(pair_of({}), session("b", "traced", 2));
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().kind, ErrorKind::input);
}

} // namespace
} // namespace bootperf
