// What part of a change is work (instructions) and what is waiting (wall time alone).
#include <gtest/gtest.h>

#include "verdict/check/check.h"
#include "verdict/synthetic.h"

namespace bootperf {
namespace {

using synthetic::policy;
using synthetic::session;
using synthetic::Shape;

constexpr const char *udev = "run > launch > /init > udev";

/// The check of the traced scenario by wall time, beside a counted one.
PhaseVerdict init_of(double wall_factor, double work_factor) {
  Session stored = session("stored", "traced", 10);
  synthetic::add_scenario(stored, "counted", 25, {});
  Session now = session("now", "traced", 5, {.slower = {{udev, wall_factor}}, .missing = {}});
  synthetic::add_scenario(now, "counted", 3, {.slower = {{udev, work_factor}}, .missing = {}});
  const std::vector<Baseline> baselines = {
      synthetic::baseline({stored}, "Launch/traced", Metric::wall, policy()),
      synthetic::baseline({stored}, "Launch/counted", Metric::instructions, policy())};
  CheckOptions same;
  same.same_session = true;
  const CheckReport report = check_session(now, baselines, policy(), same);
  EXPECT_EQ(report.checks.size(), 2u);
  EXPECT_EQ(report.checks[0].phases[2].phase, "run > launch > /init");
  return report.checks[0].phases[2];
}

TEST(WorkAndWaiting, a_sleep_is_waiting) {
  const PhaseVerdict init = init_of(2.0, 1.0);
  EXPECT_EQ(init.verdict, Verdict::regressed);
  EXPECT_EQ(init.kind, "waiting");
  ASSERT_TRUE(init.wall_ratio && init.instruction_ratio && init.work_share);
  EXPECT_GT(*init.wall_ratio, 1.5);
  EXPECT_NEAR(*init.instruction_ratio, 1, 0.01);
  EXPECT_LT(*init.work_share, 0.05);
}

TEST(WorkAndWaiting, a_busy_loop_is_work) {
  const PhaseVerdict init = init_of(1.5, 1.5);
  EXPECT_EQ(init.kind, "work");
  EXPECT_NEAR(*init.work_share, 1, 0.05);
}

TEST(WorkAndWaiting, both_are_both) {
  const PhaseVerdict init = init_of(2.5, 1.3);
  EXPECT_EQ(init.kind, "work and waiting");
  EXPECT_NEAR(*init.work_share, 0.2, 0.05);
}

TEST(WorkAndWaiting, a_place_below_is_told_apart_too) {
  const PhaseVerdict sleep = init_of(2.0, 1.0), loop = init_of(1.5, 1.5);
  ASSERT_FALSE(sleep.places.empty() || loop.places.empty());
  EXPECT_EQ(sleep.places.front().phase, udev);
  EXPECT_EQ(sleep.places.front().kind, "waiting");
  EXPECT_EQ(loop.places.front().kind, "work");
}

TEST(WorkAndWaiting, nothing_moved_is_neither) {
  EXPECT_EQ(init_of(1, 1).kind, "");
}

TEST(WorkAndWaiting, unknown_without_the_other_metric) {
  const auto baseline = synthetic::baseline({session("stored", "counted", 25)}, "Launch/counted",
                                            Metric::instructions, policy());
  const CheckReport report = check_session(session("now", "counted", 2), {baseline}, policy(), {});
  EXPECT_FALSE(report.checks[0].phases[0].wall_ratio);
  EXPECT_EQ(report.checks[0].phases[0].kind, "");
}

} // namespace
} // namespace bootperf
