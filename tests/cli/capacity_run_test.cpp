#include "cli/capacity_run.h"

#include <filesystem>
#include <mutex>
#include <vector>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t second_ns = 1'000'000'000;

/// A machine on which launches take their turns: each moves its clock on by so much of a second as
/// the number of launches made so far says.
class TurnsLauncher : public Launcher {
public:
  Result<BootLog> launch(const LaunchRequest &request) override {
    const std::scoped_lock lock(mutex_);
    if (launches == interrupt_after)
      return fail(ErrorKind::interrupted, "interrupted");
    ++launches;
    // The warm-up and the four of the first level are made alone; from then on two cores are busy.
    now_ns += launches <= 5 ? 10 * second_ns : 5 * second_ns;
    BootLog log;
    log.environment = {{"mode", std::string(to_text(request.mode))}};
    log.events = {
        {.t_ns = 1, .source = Source::enter, .message = "launch", .instructions = {}},
        {.t_ns = 10 * second_ns, .source = Source::launch_done, .message = "", .instructions = {}}};
    log.end = LaunchEnd{.ok = true,
                        .reason = "",
                        .host_cpu_ns = 5,
                        .peak_memory_bytes = 400'000'000,
                        .appliance_rebuilt = false,
                        .environment = {}};
    return log;
  }
  std::size_t launches = 0, interrupt_after = 1'000'000;
  std::int64_t now_ns = 0;

private:
  std::mutex mutex_;
};

/// Nobody looks.
class NobodyLooks : public CampaignObserver {
public:
  void launching(const std::string &, const CampaignStanding &) override {}
  void launched(const std::string &, const Launch &, const CampaignStanding &) override {}
  void warned(const std::string &) override {}
};

class CapacityRunTest : public ::testing::Test {
protected:
  CapacityRunTest() {
    path = fs::path(::testing::TempDir()) /
           (std::string("capacity-") +
            ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".json");
    plan.scenario = "Launch/quiet";
    plan.now_ns = [this] { return launcher.now_ns; };
  }
  ~CapacityRunTest() override { fs::remove(path); }

  Result<void> run() {
    Session fresh;
    fresh.id = "id";
    Recording recording(launcher, rules, {.session = path, .logs = "/logs"}, fresh);
    NobodyLooks nobody;
    const Result<void> done =
        run_capacity(plan, recording, nobody,
                     [&](const CapacityLevel &level) { told.push_back(level.at_once); });
    session = recording.session();
    return done;
  }

  TurnsLauncher launcher;
  CapacityPlan plan;
  Session session;
  Rules rules = std::move(load_rules("").value());
  std::vector<std::size_t> told; ///< levels that ended
  fs::path path;
};

TEST_F(CapacityRunTest, doubles_what_is_launched_at_once_until_it_makes_no_more_guests) {
  const auto done = run();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(told, (std::vector<std::size_t>{1, 2, 4}));
  EXPECT_EQ(launcher.launches, 1u + 4u + 8u + 16u)
      << "a warm-up, then four for each of those at once";
  const auto curve = capacity_curve(session);
  ASSERT_TRUE(curve);
  EXPECT_EQ(curve->knee().at_once, 2u);
  EXPECT_DOUBLE_EQ(curve->knee().a_minute(), 12);
  EXPECT_EQ(session.capacity->ended, "4 at once make no more guests a minute");
}

TEST_F(CapacityRunTest, never_starts_what_memory_has_no_room_for) {
  plan.available_memory = [] { return std::uint64_t{1'000'000'000}; };
  ASSERT_TRUE(run());
  EXPECT_EQ(told, (std::vector<std::size_t>{1, 2})) << "two take 0.8 GB, four would take 1.6";
  EXPECT_NE(session.capacity->ended.find("4 at once would take 1.5 GiB"), std::string::npos)
      << session.capacity->ended;
}

TEST_F(CapacityRunTest, makes_no_more_at_once_than_was_asked_for) {
  plan.most_at_once = 1;
  ASSERT_TRUE(run());
  EXPECT_EQ(told, std::vector<std::size_t>{1});
}

TEST_F(CapacityRunTest, keeps_the_levels_before_an_interruption) {
  launcher.interrupt_after = 9;
  const auto done = run();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::interrupted);
  ASSERT_EQ(session.capacity->levels.size(), 1u);
  EXPECT_TRUE(capacity_curve(session));
}

} // namespace
} // namespace bootperf
