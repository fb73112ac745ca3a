#include "whatif/wall_time.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "whatif/ranking.h"

namespace bootperf {
namespace {

/// A session of quiet launches: by block, of the boot as it is and of a lever "a", in seconds; 0 is
/// one that failed.
Session by_the_clock(const std::vector<std::pair<double, double>> &blocks) {
  Session session;
  std::int64_t block = 0;
  for (const auto &[as_it_is, with] : blocks) {
    ++block;
    for (const auto &[subject, seconds] :
         {std::pair(std::string(as_it_is_subject), as_it_is), std::pair(std::string("a"), with)}) {
      Launch launch;
      launch.scenario = wall_scenario;
      launch.subject = subject;
      launch.block = block;
      launch.ok = seconds > 0;
      launch.wall_ns = static_cast<std::int64_t>(seconds * 1e9);
      session.launches.push_back(launch);
    }
  }
  return session;
}

TEST(WallTime, is_compared_block_by_block) {
  // The machine became twice as slow on the way, for both.
  const auto wall = wall_time(
      by_the_clock({{4, 3}, {4.1, 3.1}, {4, 3}, {8, 6}, {8.1, 6.1}, {8, 6}, {8, 6}}), "a");
  ASSERT_TRUE(wall);
  EXPECT_EQ(wall->blocks, 7u);
  EXPECT_DOUBLE_EQ(wall->as_it_is_ns, 8e9);
  EXPECT_DOUBLE_EQ(wall->with_ns, 6e9);
  EXPECT_NEAR(wall->ratio, 0.75, 0.005);
  EXPECT_GT(wall->low, 0.74);
  EXPECT_LT(wall->high, 0.77);
}

TEST(WallTime, of_few_blocks_has_no_interval) {
  const auto wall = wall_time(by_the_clock({{4, 3}, {4, 3}, {4, 3}, {4, 3}, {4, 3}}), "a");
  ASSERT_TRUE(wall);
  EXPECT_LT(wall->blocks, least_wall_blocks);
  EXPECT_EQ(wall->low, 0);
  EXPECT_TRUE(std::isinf(wall->high));
}

TEST(WallTime, of_the_fewest_blocks_with_an_interval_has_one) {
  const auto wall = wall_time(by_the_clock({{4, 3}, {4, 3}, {4, 3}, {4, 3}, {4, 3}, {4, 3}}), "a");
  ASSERT_TRUE(wall);
  EXPECT_EQ(wall->blocks, least_wall_blocks);
  EXPECT_GT(wall->low, 0);
  EXPECT_TRUE(std::isfinite(wall->high));
}

TEST(WallTime, leaves_blocks_out_in_which_one_of_them_failed) {
  const Session session = by_the_clock({{4, 3}, {0, 3}, {4, 0}, {4, 3}});
  EXPECT_EQ(wall_blocks(session, "a"), 2u);
  EXPECT_EQ(wall_time(session, "a")->blocks, 2u);
}

TEST(WallTime, says_why_the_lever_was_given_up) {
  Session session = by_the_clock({{4, 3}, {4, 0}});
  session.launches.back().failure = "hung";
  EXPECT_EQ(wall_time(session, "a")->failure, "hung");
  session.launches.erase(session.launches.begin(), session.launches.begin() + 2);
  const auto wall = wall_time(session, "a");
  ASSERT_TRUE(wall) << "it was launched";
  EXPECT_EQ(wall->blocks, 0u);
  EXPECT_EQ(wall->failure, "hung");
}

TEST(WallTime, is_of_the_accelerator_that_the_boot_as_it_is_had) {
  Session session = by_the_clock({{4, 3}});
  EXPECT_EQ(wall_accelerator(session), "");
  Scenario scenario;
  scenario.name = wall_scenario;
  scenario.subject = as_it_is_subject;
  scenario.keys = {{"accel", "kvm"}};
  session.scenarios.push_back(scenario);
  EXPECT_EQ(wall_accelerator(session), "kvm");
}

TEST(WallTime, of_a_lever_that_was_not_launched_quietly_is_none) {
  EXPECT_FALSE(wall_time(by_the_clock({{4, 3}}), "b"));
  EXPECT_FALSE(wall_time(Session(), "a"));
}

TEST(WallTime, counts_no_launch_that_was_counted) {
  Session session = by_the_clock({{4, 3}});
  for (Launch &launch : session.launches)
    launch.scenario = lever_scenario;
  EXPECT_FALSE(wall_time(session, "a"));
}

} // namespace
} // namespace bootperf
