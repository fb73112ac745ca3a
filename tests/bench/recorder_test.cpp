#include "bench/recorder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "campaign/fake_launcher.h"
#include "capacity/capacity.h"

namespace bootperf {
namespace {

const ScenarioPlan traced{.name = "Launch/traced", .mode = Mode::traced};
const ScenarioPlan counted{.name = "Launch/counted", .mode = Mode::counted};
const ScenarioPlan cold{.name = "Launch/cold", .mode = Mode::traced, .cold = true};

class RecorderTest : public testing::Test {
protected:
  RecorderTest() {
    plan.options.session =
        std::filesystem::path(testing::TempDir()) /
        (std::string("recorder-") + testing::UnitTest::GetInstance()->current_test_info()->name() +
         ".json");
    plan.logs = "/logs";
    std::filesystem::remove(plan.options.session);
  }
  ~RecorderTest() override { std::filesystem::remove(plan.options.session); }

  Recorder recorder(Launcher &launcher) {
    Session session;
    session.id = "id";
    return {launcher, rules, plan, session, progress};
  }

  RecordingPlan plan;
  Rules rules = std::move(load_rules("").value());
  std::ostringstream said;
  Progress progress{said, false, 6};
};

TEST_F(RecorderTest, warms_up_once_in_the_same_mode) {
  FakeLauncher launcher([](int) { return came_up(); });
  plan.options.warmup = 2;
  auto recorder = this->recorder(launcher);
  EXPECT_EQ(recorder.measure(traced).value(), 2u);
  EXPECT_EQ(recorder.measure(traced).value(), 3u);
  const auto &launches = recorder.session().launches;
  ASSERT_EQ(launches.size(), 4u);
  EXPECT_TRUE(launches[0].warmup && launches[1].warmup);
  EXPECT_TRUE(launches[2].is_sample() && launches[3].is_sample());
  EXPECT_EQ(launcher.requests.front().mode, Mode::traced);
}

TEST_F(RecorderTest, has_each_launch_on_disk_before_the_next) {
  std::vector<std::size_t> on_disk;
  FakeLauncher launcher([&](int) {
    const auto session = read_session(plan.options.session);
    on_disk.push_back(session ? session->launches.size() : 0);
    return came_up();
  });
  auto recorder = this->recorder(launcher);
  ASSERT_TRUE(recorder.measure(traced).has_value());
  ASSERT_TRUE(recorder.measure(traced).has_value());
  EXPECT_EQ(on_disk, (std::vector<std::size_t>{0, 1, 2}));
}

TEST_F(RecorderTest, sets_aside_and_repeats_what_rebuilt_the_appliance) {
  FakeLauncher launcher([](int number) { return number == 0 ? rebuilt() : came_up(); });
  plan.options.warmup = 0;
  auto recorder = this->recorder(launcher);
  EXPECT_EQ(recorder.measure(traced).value(), 1u);
  EXPECT_FALSE(recorder.session().launches[0].is_sample());
  EXPECT_TRUE(recorder.session().launches[1].is_sample());
}

TEST_F(RecorderTest, does_not_repeat_for_ever) {
  FakeLauncher launcher([](int) { return rebuilt(); });
  plan.options.warmup = 0;
  auto recorder = this->recorder(launcher);
  const auto measured = recorder.measure(traced);
  ASSERT_FALSE(measured.has_value());
  EXPECT_EQ(measured.error().kind, ErrorKind::not_measured);
  EXPECT_EQ(launcher.requests.size(), 3u);
}

TEST_F(RecorderTest, rebuilds_in_every_cold_launch_in_a_cache_of_its_own) {
  FakeLauncher launcher([](int) { return rebuilt(); });
  auto recorder = this->recorder(launcher);
  ASSERT_TRUE(recorder.measure(cold).has_value());
  EXPECT_TRUE(recorder.session().launches.back().is_sample());
  EXPECT_TRUE(recorder.session().scenarios.front().cold);
  const auto cache = [&](std::size_t i) {
    return launcher.requests[i].environment.at("LIBGUESTFS_CACHEDIR");
  };
  EXPECT_NE(cache(0), cache(1));
  EXPECT_FALSE(std::filesystem::exists(cache(0)));
}

TEST_F(RecorderTest, keeps_failed_launches_and_gives_up_after_three) {
  FakeLauncher launcher([](int) { return hung(); });
  plan.options.warmup = 0;
  auto recorder = this->recorder(launcher);
  for (int i = 0; i < 3; ++i) {
    const auto measured = recorder.measure(traced);
    ASSERT_TRUE(measured.has_value());
    EXPECT_FALSE(recorder.session().launches[*measured].ok);
  }
  ASSERT_FALSE(recorder.measure(traced).has_value());
  EXPECT_EQ(launcher.requests.size(), 3u);
  EXPECT_FALSE(recorder.stopped().has_value());
  EXPECT_EQ(recording_outcome(recorder.session(), {traced}, recorder.stopped()),
            ExitCode::not_measured);
}

TEST_F(RecorderTest, does_not_give_up_on_a_scenario_that_came_up_once) {
  FakeLauncher launcher([](int number) { return number == 0 ? came_up() : hung(); });
  plan.options.warmup = 0;
  auto recorder = this->recorder(launcher);
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(recorder.measure(traced).has_value());
  }
}

TEST_F(RecorderTest, describes_a_scenario_by_a_launch_that_came_up) {
  FakeLauncher launcher([](int number) { return number == 0 ? hung() : came_up(); });
  plan.versions = {{"package:bash", "5.2"}};
  auto recorder = this->recorder(launcher);
  ASSERT_TRUE(recorder.measure(traced).has_value());
  ASSERT_EQ(recorder.session().scenarios.size(), 1u);
  EXPECT_EQ(recorder.session().scenarios[0].keys.at("accel"), "tcg");
  EXPECT_EQ(recorder.session().scenarios[0].versions.at("package:bash"), "5.2");
}

TEST_F(RecorderTest, stops_everything_when_interrupted) {
  FakeLauncher launcher([](int number) -> Result<BootLog> {
    return number < 2 ? Result<BootLog>(came_up())
                      : Result<BootLog>(fail(ErrorKind::interrupted, "interrupted"));
  });
  auto recorder = this->recorder(launcher);
  EXPECT_TRUE(recorder.measure(traced).has_value());
  EXPECT_FALSE(recorder.measure(traced).has_value());
  EXPECT_FALSE(recorder.measure(cold).has_value());
  EXPECT_EQ(launcher.requests.size(), 3u);
  EXPECT_EQ(recording_outcome(recorder.session(), {traced}, recorder.stopped()),
            ExitCode::interrupted);
  EXPECT_EQ(read_session(plan.options.session)->launches.size(), 2u);
}

TEST_F(RecorderTest, goes_on_with_other_scenarios_when_one_cannot_be_measured) {
  FakeLauncher launcher([](int number) -> Result<BootLog> {
    return number > 0 ? Result<BootLog>(came_up())
                      : Result<BootLog>(fail(ErrorKind::not_measured, "no plugins here"));
  });
  auto recorder = this->recorder(launcher);
  EXPECT_FALSE(recorder.measure(counted).has_value());
  EXPECT_FALSE(recorder.measure(counted).has_value());
  EXPECT_TRUE(recorder.measure(traced).has_value());
  EXPECT_EQ(recording_outcome(recorder.session(), {counted, traced}, recorder.stopped()),
            ExitCode::not_measured);
  EXPECT_EQ(recording_outcome(recorder.session(), {traced}, recorder.stopped()), ExitCode::pass);
}

TEST_F(RecorderTest, makes_counted_launches_ahead_several_at_a_time) {
  FakeLauncher launcher([](int) { return came_up(); });
  plan.options.warmup = 0;
  plan.options.jobs = 2;
  plan.repetitions = 3;
  auto recorder = this->recorder(launcher);
  std::vector<std::size_t> measured;
  for (int i = 0; i < 3; ++i) {
    measured.push_back(recorder.measure(counted).value());
    EXPECT_EQ(launcher.requests.size(), i < 2 ? 2u : 3u);
  }
  std::ranges::sort(measured);
  EXPECT_EQ(measured, (std::vector<std::size_t>{0, 1, 2}));
}

/// What each of so many threads measures once, as Google Benchmark's do.
std::set<std::size_t> measured_by_threads(Recorder &recorder, const ScenarioPlan &scenario) {
  std::mutex mutex;
  std::set<std::size_t> measured;
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < scenario.at_once; ++i) {
    threads.emplace_back([&] {
      const auto index = recorder.measure(scenario);
      const std::scoped_lock lock(mutex);
      measured.insert(index.value_or(1'000));
    });
  }
  threads.clear();
  return measured;
}

const ScenarioPlan four_at_once{.name = "Capacity/threads:4", .mode = Mode::quiet, .at_once = 4};

TEST_F(RecorderTest, launches_guests_at_once_for_all_threads) {
  FakeLauncher launcher([](int) { return came_up(); });
  plan.options.warmup = 1;
  plan.repetitions = 2;
  auto recorder = this->recorder(launcher);
  EXPECT_EQ(recorder.guests_a_minute(4), 0);
  std::set<std::size_t> measured = measured_by_threads(recorder, four_at_once);
  EXPECT_EQ(measured.size(), 4u);
  measured.merge(measured_by_threads(recorder, four_at_once));
  EXPECT_EQ(measured, (std::set<std::size_t>{1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_GT(recorder.guests_a_minute(4), 0);
  EXPECT_TRUE(recorder.repetitions().empty()) << "a repetition is four launches";
  const Session &session = recorder.session();
  ASSERT_TRUE(session.capacity);
  ASSERT_EQ(session.capacity->levels.size(), 1u);
  EXPECT_EQ(session.capacity->levels[0].at_once, 4u);
  EXPECT_EQ(capacity_curve(session)->levels[0].launches, 8u);
  EXPECT_EQ(read_session(plan.options.session)->capacity, session.capacity)
      << "all of it is on disk";
}

TEST_F(RecorderTest, launches_no_guests_at_once_that_do_not_fit) {
  FakeLauncher launcher([](int) {
    BootLog log = came_up();
    log.end->peak_memory_bytes = std::int64_t{1} << 30U;
    return log;
  });
  plan.options.warmup = 1;
  plan.available_memory = [] { return std::uint64_t{4} << 30U; };
  auto recorder = this->recorder(launcher);
  const auto measured = recorder.measure(four_at_once);
  ASSERT_FALSE(measured);
  EXPECT_EQ(measured.error().kind, ErrorKind::not_measured);
  EXPECT_EQ(measured.error().message, "4 at once would take 4.0 GiB, and 4.0 GiB are free");
  EXPECT_EQ(launcher.requests.size(), 1u) << "the warm-up, which says what one takes";
}

TEST_F(RecorderTest, passes_the_options_on) {
  FakeLauncher launcher([](int) { return came_up(); });
  plan.options.environment = {{"LIBGUESTFS_PATH", "/mine"}};
  plan.options.memsize_mib = 1000;
  plan.options.smp = 2;
  plan.options.deadline = std::chrono::seconds(7);
  plan.options.subject = "mine";
  auto recorder = this->recorder(launcher);
  const ScenarioPlan sweep{
      .name = "Launch/quiet/smp:4/memsize:512", .mode = Mode::quiet, .smp = 4, .memsize_mib = 512};
  ASSERT_TRUE(recorder.measure(traced).has_value());
  ASSERT_TRUE(recorder.measure(sweep).has_value());
  EXPECT_EQ(launcher.requests.front().memsize_mib, 1000);
  EXPECT_EQ(launcher.requests.front().smp, 2);
  EXPECT_EQ(launcher.requests.front().deadline, std::chrono::seconds(7));
  EXPECT_EQ(launcher.requests.front().environment.at("LIBGUESTFS_PATH"), "/mine");
  EXPECT_EQ(launcher.requests.back().memsize_mib, 512);
  EXPECT_EQ(launcher.requests.back().smp, 4);
  EXPECT_EQ(launcher.requests.back().log.parent_path(), "/logs");
  EXPECT_NE(launcher.requests.back().log, launcher.requests.front().log);
  EXPECT_EQ(recorder.session().launches.front().subject, "mine");
}

TEST_F(RecorderTest, says_a_warning_once) {
  FakeLauncher launcher([](int) { return came_up(); });
  plan.warnings = [] { return std::vector<std::string>{"KVM does not work here"}; };
  auto recorder = this->recorder(launcher);
  ASSERT_TRUE(recorder.measure(traced).has_value());
  EXPECT_EQ(recorder.session().warnings, (std::vector<std::string>{"KVM does not work here"}));
  const auto first = said.str().find("KVM does not work here");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(said.str().find("KVM does not work here", first + 1), std::string::npos);
}

TEST_F(RecorderTest, stops_when_the_session_cannot_be_written) {
  FakeLauncher launcher([](int) { return came_up(); });
  plan.options.session = "/proc/nowhere/session.json";
  auto recorder = this->recorder(launcher);
  EXPECT_FALSE(recorder.measure(traced).has_value());
  EXPECT_EQ(recording_outcome(recorder.session(), {traced}, recorder.stopped()),
            ExitCode::wrong_input);
}

TEST_F(RecorderTest, writes_over_no_log_that_is_there_already) {
  plan.logs = std::filesystem::path(testing::TempDir()) / "recorder-logs";
  std::filesystem::create_directories(plan.logs);
  std::ofstream(plan.logs / "id-Launch-traced-001.jsonl") << "of an earlier launch";
  plan.options.warmup = 0;
  FakeLauncher launcher([](int) { return came_up(); });
  ASSERT_TRUE(recorder(launcher).measure(traced));
  EXPECT_EQ(launcher.requests.at(0).log.filename(), "id-Launch-traced-002.jsonl");
  std::filesystem::remove_all(plan.logs);
}

} // namespace
} // namespace bootperf
