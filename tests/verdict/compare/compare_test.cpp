#include "verdict/compare/compare.h"

#include <gtest/gtest.h>

#include "verdict/samples/blocks.h"
#include "verdict/synthetic.h"

namespace bootperf {
namespace {

using synthetic::phase;
using synthetic::policy;
using synthetic::session;
using synthetic::Shape;

const Shape steady{.slower = {}, .spread = 0.02, .missing = {}};
const Shape slower_init{
    .slower = {{"run > launch > /init > udev", 1.4}}, .spread = 0.02, .missing = {}};

Session compared(const Shape &head, const std::string &mode = "traced", int launches = 25,
                 const Shape &base = steady) {
  return paired(session("a", mode, launches, base), session("b", mode, launches, head)).value();
}

CheckReport run(const Session &session, const Policy &with = policy()) {
  return compare_session(session, with, {});
}

TEST(Compare, base_against_itself_passes_and_saves_launches) {
  const CheckReport report = run(compared(steady));
  EXPECT_EQ(report.exit, ExitCode::pass);
  const ScenarioCheck &check = report.checks.at(0);
  EXPECT_FALSE(check.advisory);
  ASSERT_TRUE(check.comparison);
  EXPECT_TRUE(check.comparison->decided);
  EXPECT_EQ(check.comparison->blocks, 10u);
  EXPECT_EQ(check.comparison->launches, 20u);
  EXPECT_EQ(check.comparison->most_launches, 50u);
  EXPECT_TRUE(all_decided(report));
}

TEST(Compare, a_slowed_head_regresses_and_the_place_is_named) {
  const CheckReport report = run(compared(slower_init));
  EXPECT_EQ(report.exit, ExitCode::regressed);
  const PhaseVerdict &init = phase(report, "run > launch > /init");
  EXPECT_EQ(init.verdict, Verdict::regressed);
  ASSERT_FALSE(init.places.empty());
  EXPECT_EQ(init.places.front().phase, "run > launch > /init > udev");
  EXPECT_NEAR(init.places.front().contribution, 1, 0.1);
  EXPECT_EQ(phase(report, "run > launch > kernel").verdict, Verdict::pass);
}

TEST(Compare, a_faster_head_improves_and_exits_0) {
  const CheckReport report = run(compared(steady, "traced", 25, slower_init));
  EXPECT_EQ(phase(report, "run > launch > /init").verdict, Verdict::improved);
  EXPECT_EQ(report.exit, ExitCode::pass);
}

TEST(Compare, too_few_blocks_are_inconclusive) {
  Session session = compared(steady, "traced", 5);
  session.comparison->most_launches = 50;
  const CheckReport report = run(session);
  EXPECT_EQ(report.exit, ExitCode::inconclusive);
  EXPECT_FALSE(all_decided(report));
  EXPECT_EQ(phase(report, "run > launch").reason, "5 blocks so far, the first look comes after 10");
}

TEST(Compare, scenarios_are_one_family) {
  Session base = session("a", "traced", 25, steady), head = session("b", "traced", 25, slower_init);
  synthetic::add_scenario(base, "quiet", 25, steady);
  synthetic::add_scenario(head, "quiet", 25, steady);
  Session both = paired(base, head).value();
  const CheckReport report = run(both);
  ASSERT_EQ(report.checks.size(), 2u);
  EXPECT_EQ(report.checks[0].verdict, Verdict::regressed);
  EXPECT_EQ(report.checks[1].verdict, Verdict::pass);
  EXPECT_EQ(report.checks[1].comparison->launches, 4 * report.checks[1].comparison->blocks);
}

TEST(Compare, a_gated_phase_that_is_missing_is_not_measured) {
  const Shape without{.slower = {}, .spread = 0.02, .missing = {"run > launch > guestfsd"}};
  const CheckReport report = run(compared(without));
  EXPECT_EQ(phase(report, "run > launch > guestfsd").verdict, Verdict::not_measured);
  EXPECT_EQ(report.exit, ExitCode::not_measured);
}

TEST(Compare, a_negative_control_that_moves_voids_everything) {
  Policy with = policy();
  Gate control;
  control.phase = "/init > udev";
  control.tolerance = 0.1;
  with.wall_controls = {control};
  EXPECT_EQ(run(compared(steady), with).exit, ExitCode::pass);
  EXPECT_EQ(run(compared(steady), with).checks[0].comparison->controls.at(0).verdict,
            Verdict::pass);
  const CheckReport report = run(compared(slower_init), with);
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_NE(report.checks[0].reason.find("the negative control run > launch > /init > udev moved"),
            std::string::npos)
      << report.checks[0].reason;
}

TEST(Compare, a_negative_control_that_is_missing_voids_it_too) {
  Policy with = policy();
  Gate control;
  control.phase = "no such phase";
  with.wall_controls = {control};
  EXPECT_EQ(run(compared(steady), with).exit, ExitCode::not_measured);
}

TEST(Compare, failed_launches_past_the_limit_are_not_measured) {
  Session session = compared(steady);
  for (int i = 0; i < 8; ++i) {
    session.launches.push_back(synthetic::failed("Launch/traced"));
    session.launches.back().subject = "base";
  }
  const CheckReport report = run(session);
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_NE(report.checks[0].reason.find("8 of 33 launches of base failed"), std::string::npos)
      << report.checks[0].reason;
}

TEST(Compare, counted_launches_are_decided_by_ten_and_three) {
  const CheckReport same = run(compared({}, "counted", 14, {}));
  EXPECT_EQ(same.exit, ExitCode::pass);
  const ScenarioCheck &check = same.checks.at(0);
  EXPECT_EQ(check.metric, Metric::instructions);
  EXPECT_EQ(check.baseline_launches, 10u);
  EXPECT_EQ(check.launches, 3u);
  EXPECT_TRUE(check.exact);
  EXPECT_EQ(check.permutations, 286u);
  EXPECT_EQ(check.comparison->looks, std::vector<std::size_t>{3});

  const Shape slower{.slower = {{"run > launch > /init > udev", 1.1}}, .missing = {}};
  const CheckReport slow = run(compared(slower, "counted", 14, {}));
  EXPECT_EQ(slow.exit, ExitCode::regressed);
  EXPECT_EQ(phase(slow, "run > launch > /init").places.front().phase,
            "run > launch > /init > udev");
}

TEST(Compare, too_few_counted_launches_are_inconclusive) {
  const CheckReport report = run(compared({}, "counted", 3, {}));
  EXPECT_EQ(report.exit, ExitCode::inconclusive);
  EXPECT_FALSE(all_decided(report));
  EXPECT_TRUE(report.checks[0].comparison->looks.empty());
}

TEST(Compare, nothing_to_compare_is_not_measured) {
  const CheckReport report = run(session("a", "traced", 3));
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_EQ(report.reason, "no scenario has launches of base and of head");
}

TEST(Compare, a_budget_without_end_is_bounded) {
  Session session = compared(steady);
  session.comparison->most_launches = 3'689'717'786'520'564;
  EXPECT_NE(run(session).exit, ExitCode::regressed);
}

} // namespace
} // namespace bootperf
