#include "cli/comparison_run.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <sstream>

#include <gtest/gtest.h>

#include "verdict/compare/compare.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

/// A launch whose guestfs_launch took this long; 0 failed.
BootLog log_of(std::int64_t ms, const std::string &mode) {
  BootLog log;
  log.environment = {{"mode", mode}};
  log.events = {{.t_ns = 1, .source = Source::enter, .message = "launch", .instructions = 0},
                {.t_ns = ms * 1'000'000,
                 .source = Source::launch_done,
                 .message = "",
                 .instructions = static_cast<std::uint64_t>(ms) * 1'000'000}};
  log.end = LaunchEnd{.ok = ms > 0,
                      .reason = ms > 0 ? "" : "hung",
                      .host_cpu_ns = 5,
                      .peak_memory_bytes = 6,
                      .appliance_rebuilt = false,
                      .environment = {}};
  return log;
}

/// Base and head are told apart by their environment; how long a launch takes is up to the test.
class FakeLauncher : public Launcher {
public:
  explicit FakeLauncher(std::function<std::int64_t(bool head, std::size_t number)> takes)
      : takes_(std::move(takes)) {}
  Result<BootLog> launch(const LaunchRequest &request) override {
    const std::scoped_lock lock(mutex_);
    if (launches == interrupt_after)
      return fail(ErrorKind::interrupted, "interrupted");
    ++launches;
    const bool head = request.environment.at("SIDE") == "head";
    return log_of(takes_(head, launches), std::string(to_text(request.mode)));
  }
  std::size_t launches = 0;
  std::size_t interrupt_after = 1'000'000;

private:
  std::mutex mutex_;
  std::function<std::int64_t(bool, std::size_t)> takes_;
};

class ComparisonRunTest : public testing::Test {
protected:
  ComparisonRunTest() {
    Gate gate;
    gate.phase = "launch";
    gate.tolerance = 0.1;
    policy.wall = policy.instructions = {gate};
    plan.scenarios = {{"Launch/quiet", Mode::quiet}};
    plan.requests["base"].environment = {{"SIDE", "base"}};
    plan.requests["head"].environment = {{"SIDE", "head"}};
    session.id = "id";
    session.seed = 4;
    session.comparison = Comparison{.base = {"v1", {}},
                                    .head = {"v2", {}},
                                    .most_launches = 50,
                                    .most_seconds = 0,
                                    .arguments = {"--mode=quiet"}};
    path = fs::path(testing::TempDir()) /
           (std::string("comparison-") +
            testing::UnitTest::GetInstance()->current_test_info()->name() + ".json");
  }
  ~ComparisonRunTest() override { fs::remove(path); }

  Result<CheckReport> run(Launcher &launcher) {
    Recording recording(launcher, rules, {.session = path, .logs = "/logs"}, session);
    ComparisonDisplay display(said, false, {});
    auto report = ComparisonRun(plan, policy, recording, display).run();
    session = recording.session();
    return report;
  }

  std::size_t samples(const std::string &subject) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(session.launches, [&](const Launch &each) {
          return each.subject == subject && each.is_sample();
        }));
  }

  Policy policy;
  ComparisonPlan plan;
  Session session;
  fs::path path;
  Rules rules = std::move(load_rules("").value());
  std::ostringstream said;
};

/// About a second, some percent up and down.
std::int64_t second(std::size_t number) {
  return 1000 + static_cast<std::int64_t>(number * 37 % 20);
}

TEST_F(ComparisonRunTest, stops_when_everything_is_decided) {
  FakeLauncher launcher([](bool, std::size_t number) { return second(number); });
  const auto report = run(launcher);
  ASSERT_TRUE(report) << to_text(report.error());
  EXPECT_EQ(report->exit, ExitCode::pass);
  EXPECT_EQ(launcher.launches, 2u + 20u) << "a warm-up of each, then ten blocks of the twenty-five";
  EXPECT_EQ(samples("base"), 10u);
  EXPECT_NE(said.str().find("after 10 blocks 1 of 1 phases are decided"), std::string::npos)
      << said.str();
}

TEST_F(ComparisonRunTest, finds_a_slower_head) {
  FakeLauncher launcher(
      [](bool head, std::size_t number) { return second(number) * (head ? 13 : 10) / 10; });
  const auto report = run(launcher);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->exit, ExitCode::regressed);
  EXPECT_NEAR(report->checks[0].phases[0].ratio, 1.3, 0.03);
}

TEST_F(ComparisonRunTest, uses_the_budget_up_when_it_cannot_tell) {
  FakeLauncher launcher([](bool, std::size_t number) {
    return static_cast<std::int64_t>(900 + number * 7919 % 200);
  });
  policy.wall[0].tolerance = 0.05;
  session.comparison->most_launches = 24;
  const auto report = run(launcher);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->exit, ExitCode::inconclusive);
  EXPECT_EQ(launcher.launches, 2u + 24u);
}

TEST_F(ComparisonRunTest, stops_when_no_launch_of_the_budget_can_tell) {
  FakeLauncher launcher([](bool, std::size_t number) {
    return static_cast<std::int64_t>(500 + number * 7919 % 3000);
  });
  const auto report = run(launcher);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->exit, ExitCode::inconclusive);
  EXPECT_EQ(launcher.launches, 2u + 20u) << "ten blocks of twenty-five, up to the first look";
  const ComparisonOutcome &comparison = *report->checks[0].comparison;
  EXPECT_GT(comparison.to_decide.all, 75u);
  EXPECT_EQ(comparison.launches_to_decide(), 2 * comparison.to_decide.all);
  EXPECT_NE(said.str().find("stopped after 10 blocks: at this load it would take about "),
            std::string::npos)
      << said.str();
  EXPECT_NE(said.str().find("`--mode counted` decides with 13, in about "), std::string::npos);
}

TEST_F(ComparisonRunTest, interleaves_modes_within_a_block) {
  plan.scenarios["Launch/traced"] = Mode::traced;
  session.comparison->most_launches = 100;
  FakeLauncher launcher([](bool, std::size_t number) { return second(number); });
  const auto report = run(launcher);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->checks.size(), 2u);
  EXPECT_EQ(launcher.launches, 4u + 40u);
}

TEST_F(ComparisonRunTest, makes_up_for_a_block_with_a_failed_launch) {
  FakeLauncher launcher([](bool, std::size_t number) { return number == 7 ? 0 : second(number); });
  const auto report = run(launcher);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->exit, ExitCode::pass);
  EXPECT_EQ(report->checks[0].comparison->blocks, 10u);
  EXPECT_EQ(report->checks[0].failed_launches, 1u);
  EXPECT_EQ(launcher.launches, 2u + 22u);
}

TEST_F(ComparisonRunTest, gives_up_when_nothing_comes_up) {
  FakeLauncher launcher([](bool, std::size_t) { return 0; });
  const auto report = run(launcher);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, ErrorKind::not_measured);
  EXPECT_LE(launcher.launches, 5u);
}

TEST_F(ComparisonRunTest, gives_up_on_a_head_that_never_comes_up_and_says_so) {
  FakeLauncher launcher([](bool head, std::size_t number) { return head ? 0 : second(number); });
  const auto report = run(launcher);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, ErrorKind::not_measured);
  EXPECT_EQ(report.error().message, "head: given up after 3 failed launches in a row: hung");
  EXPECT_EQ(samples("head"), 0u);
  EXPECT_LE(launcher.launches, 6u);
}

TEST_F(ComparisonRunTest, ends_after_three_failures_in_a_row_of_a_head_that_came_up_before) {
  FakeLauncher launcher(
      [](bool head, std::size_t number) { return head && number > 4 ? 0 : second(number); });
  const auto report = run(launcher);
  ASSERT_TRUE(report) << to_text(report.error());
  EXPECT_EQ(report->exit, ExitCode::not_measured);
  EXPECT_LE(launcher.launches, 4u + 6u);
}

TEST_F(ComparisonRunTest, stops_once_a_regression_is_certain) {
  Gate other = policy.wall.front();
  other.phase = "run"; // another one, which stays undecided
  other.tolerance = 0.3;
  policy.wall.push_back(other);
  FakeLauncher launcher(
      [](bool head, std::size_t number) { return second(number) * (head ? 13 : 10) / 10; });
  const auto report = run(launcher);
  ASSERT_TRUE(report) << to_text(report.error());
  EXPECT_EQ(report->exit, ExitCode::regressed);
  EXPECT_EQ(launcher.launches, 2u + 20u);
}

TEST_F(ComparisonRunTest, goes_on_after_an_interruption_as_it_would_have) {
  const auto takes = [](bool, std::size_t number) { return second(number); };
  FakeLauncher interrupted(takes);
  interrupted.interrupt_after = 9;
  ASSERT_FALSE(run(interrupted));
  session = read_session(path.string()).value();
  EXPECT_EQ(session.launches.size(), 9u) << "nothing that was launched is lost";
  FakeLauncher launcher(takes);
  const auto report = run(launcher);
  ASSERT_TRUE(report) << to_text(report.error());
  EXPECT_EQ(report->exit, ExitCode::pass);
  EXPECT_EQ(report->checks[0].comparison->blocks, 10u);
  // Of the nine launches two were warm-ups and one has no partner; two more are warm-ups again.
  EXPECT_EQ(launcher.launches, 2u + 14u);
}

TEST_F(ComparisonRunTest, turns_a_time_into_blocks_after_the_warm_ups) {
  session.comparison->most_launches = 0;
  session.comparison->most_seconds = 3600;
  FakeLauncher launcher([](bool, std::size_t number) { return second(number); });
  ASSERT_TRUE(run(launcher));
  EXPECT_EQ(session.comparison->most_launches, 400u)
      << "launches that cost nothing: the most there are";
}

TEST_F(ComparisonRunTest, decides_counted_launches_by_ten_and_three) {
  plan.scenarios = {{"Launch/counted", Mode::counted}};
  plan.jobs = 2;
  policy.instructions[0].tolerance = 0.05;
  FakeLauncher launcher(
      [](bool, std::size_t number) { return 1000 + static_cast<std::int64_t>(number % 3); });
  const auto report = run(launcher);
  ASSERT_TRUE(report) << to_text(report.error());
  EXPECT_EQ(report->exit, ExitCode::pass);
  EXPECT_EQ(launcher.launches, 2u + 13u);
  EXPECT_EQ(samples("base"), 10u);
  EXPECT_EQ(samples("head"), 3u);
}

} // namespace
} // namespace bootperf
