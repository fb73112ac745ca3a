#include "verdict/check/judge.h"

#include <gtest/gtest.h>

#include "verdict/check/check.h"
#include "verdict/synthetic.h"

namespace bootperf {
namespace {

using synthetic::policy;
using synthetic::session;
using synthetic::Shape;

/// Sessions whose machine is as much faster or slower as it comes: ±4 %, far more than the launches
/// of one session differ.
std::vector<Session> nights(std::size_t count) {
  std::vector<Session> result;
  for (std::size_t night = 0; night < count; ++night) {
    Shape shape{.slower = {}, .spread = 0.005, .missing = {}};
    const double weather =
        1 + 0.04 * (static_cast<double>(night * 7 % count) / static_cast<double>(count) - 0.5);
    for (const auto &[id, millions] : synthetic::leaves())
      shape.slower[id] = weather;
    result.push_back(session("night " + std::to_string(night), "quiet", 5, shape));
  }
  return result;
}

CheckReport run(const Shape &shape, std::size_t stored) {
  const std::vector<Baseline> baselines = {
      synthetic::baseline(nights(stored), "Launch/quiet", Metric::wall, policy())};
  return check_session(session("now", "quiet", 5, shape), baselines, policy(), {});
}

const Shape same{.slower = {}, .spread = 0.005, .missing = {}};
const Shape slow{.slower = {{"run > launch > /init > udev", 1.5}}, .spread = 0.005, .missing = {}};

TEST(JudgeSessions, ten_stored_sessions_let_wall_time_decide) {
  const CheckReport passed = run(same, 12);
  EXPECT_EQ(passed.exit, ExitCode::pass);
  EXPECT_FALSE(passed.checks[0].advisory);
  EXPECT_TRUE(passed.checks[0].between_sessions);
  EXPECT_EQ(passed.checks[0].permutations, 0u);

  const CheckReport failed = run(slow, 12);
  EXPECT_EQ(failed.exit, ExitCode::regressed);
  const PhaseVerdict &init = failed.checks[0].phases.at(2);
  EXPECT_EQ(init.phase, "run > launch > /init");
  EXPECT_EQ(init.verdict, Verdict::regressed);
  EXPECT_EQ(init.places.at(0).phase, "run > launch > /init > udev");
}

TEST(JudgeSessions, nine_do_not) {
  const CheckReport report = run(slow, 9);
  EXPECT_EQ(report.exit, ExitCode::inconclusive);
  EXPECT_TRUE(report.checks[0].advisory);
  EXPECT_TRUE(report.checks[0].between_sessions);
  EXPECT_NE(report.checks[0].reason.find("holds 9 of the 10 sessions"), std::string::npos)
      << report.checks[0].reason;
}

TEST(JudgeSessions, the_spread_is_that_between_sessions_not_within) {
  // Within a session launches differ by half a percent; a night that is 3 % slower is weather.
  Shape weather{.slower = {}, .spread = 0.005, .missing = {}};
  for (const auto &[id, millions] : synthetic::leaves())
    weather.slower[id] = 1.03;
  const CheckReport report = run(weather, 12);
  for (const PhaseVerdict &phase : report.checks[0].phases) {
    EXPECT_NE(phase.verdict, Verdict::regressed) << phase.phase;
    EXPECT_GT(phase.half_width, 0.02) << phase.phase;
  }
}

TEST(JudgeSessions, a_phase_that_is_missing_is_not_measured) {
  const Shape without{.slower = {}, .spread = 0.005, .missing = {"run > launch > guestfsd"}};
  EXPECT_EQ(run(without, 12).exit, ExitCode::not_measured);
}

TEST(JudgeSessions, sessions_without_a_launch_that_has_all_phases_do_not_count) {
  // Each gated phase is missing in two of ten sessions, which leaves two that have them all.
  Baseline stored = synthetic::baseline(nights(10), "Launch/quiet", Metric::wall, policy());
  const char *gated[] = {"run > launch", "run > launch > kernel", "run > launch > /init",
                         "run > launch > guestfsd"};
  for (std::size_t i = 0; i < 8; ++i)
    for (PhaseValues &launch : stored.sessions[i].launches)
      launch.erase(gated[i / 2]);
  const CheckReport report =
      check_session(session("now", "quiet", 5, same), {stored}, policy(), {});
  EXPECT_EQ(report.checks[0].verdict, Verdict::not_measured);
  EXPECT_EQ(report.checks[0].phases[0].reason, "2 of the baseline's 10 sessions have launches with "
                                               "all the gated phases, and 3 are needed");
  EXPECT_NE(report.exit, ExitCode::pass);
}

} // namespace
} // namespace bootperf
