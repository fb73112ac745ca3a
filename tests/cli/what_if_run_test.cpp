#include "cli/what_if_run.h"

#include <algorithm>
#include <functional>
#include <mutex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "base/files.h"
#include "cli/what_if_wall.h"
#include "verdict/samples/phase_samples.h"
#include "whatif/ranking.h"
#include "whatif/wall_time.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

/// A counted launch of so many millions of instructions; 0 did not come up. The guest says what its
/// kernel's arguments were.
BootLog log_of_levers(std::uint64_t millions, const std::string &append) {
  BootLog log;
  log.environment = {{"mode", "counted"}};
  log.events = {{.t_ns = 1, .source = Source::enter, .message = "launch", .instructions = 0},
                {.t_ns = 2,
                 .source = Source::appliance,
                 .message = "args:" + append + " \n",
                 .instructions = 1},
                {.t_ns = static_cast<std::int64_t>(1'000'000'000),
                 .source = Source::launch_done,
                 .message = "",
                 .instructions = millions * 1'000'000}};
  log.end = LaunchEnd{.ok = millions > 0,
                      .reason = millions > 0 ? "" : "hung",
                      .host_cpu_ns = 5,
                      .peak_memory_bytes = 6,
                      .appliance_rebuilt = false,
                      .environment = {}};
  return log;
}

/// Each lever's name among the kernel's arguments makes the boot so much longer or shorter.
class LeverLauncher : public Launcher {
public:
  explicit LeverLauncher(std::map<std::string, double> factors) : factors_(std::move(factors)) {}

  Result<BootLog> launch(const LaunchRequest &request) override {
    const std::scoped_lock lock(mutex_);
    if (launches == interrupt_after)
      return fail(ErrorKind::interrupted, "interrupted");
    ++launches;
    if (request.mode == Mode::quiet)
      return quiet_log(request.append);
    ++of[request.lever];
    if (const auto why = refuses.find(request.lever); why != refuses.end())
      return fail(ErrorKind::not_measured, why->second);
    if (request.lever == without_effect)
      return log_of_levers(1000, "");
    // Neither launch is quite like another.
    double millions = 1000 + static_cast<double>(launches % 3);
    for (const auto &[lever, factor] : factors_)
      if ((" " + request.append + " ").find(" " + lever + " ") != std::string::npos)
        millions *= factor;
    return log_of_levers(static_cast<std::uint64_t>(millions), request.append);
  }

  std::size_t launches = 0, interrupt_after = 1'000'000;
  std::map<std::string, std::size_t> of; ///< by lever, "" for the boot as it is
  std::map<std::string, std::string> refuses;
  std::string without_effect = "nobody", hangs_quietly = "nobody";
  std::map<std::string, std::size_t> quiet; ///< by the kernel's arguments

private:
  /// A tenth of a nanosecond an instruction; says nothing.
  BootLog quiet_log(const std::string &append) {
    ++quiet[append];
    const bool up = (" " + append + " ").find(" " + hangs_quietly + " ") == std::string::npos;
    double nanoseconds = 1e8 + static_cast<double>(launches % 3) * 1e5;
    for (const auto &[lever, factor] : factors_)
      if ((" " + append + " ").find(" " + lever + " ") != std::string::npos)
        nanoseconds *= factor;
    BootLog log;
    log.environment = {{"mode", "quiet"}};
    log.events = {{.t_ns = 1, .source = Source::enter, .message = "launch", .instructions = {}},
                  {.t_ns = static_cast<std::int64_t>(nanoseconds),
                   .source = Source::launch_done,
                   .message = "",
                   .instructions = {}}};
    log.end = LaunchEnd{.ok = up,
                        .reason = up ? "" : "hung",
                        .host_cpu_ns = 5,
                        .peak_memory_bytes = 6,
                        .appliance_rebuilt = false,
                        .environment = {}};
    return log;
  }

  std::mutex mutex_;
  std::map<std::string, double> factors_;
};

/// A lever that adds its name to the kernel's arguments.
Lever appended(const std::string &name) {
  Lever lever;
  lever.name = name;
  lever.actor = "kernel";
  lever.what = lever.adopt = "argument " + name;
  lever.changes.append = name;
  lever.proofs = {{.line = "args:.* ?" + name + " ", .no_line = "", .less_work = ""}};
  return lever;
}

class WhatIfRunTest : public ::testing::Test {
protected:
  WhatIfRunTest() {
    directory =
        fs::path(::testing::TempDir()) /
        (std::string("what-if-") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    plan.as_it_is.mode = Mode::counted;
    plan.as_it_is.environment = {{"LIBGUESTFS_CACHEDIR", directory / "cache"}};
    plan.scratch = directory / "scratch";
    plan.arguments = {"a", "--launches=3"};
    plan.levers = {appended("a"), appended("b")};
    session.id = "id";
    session.seed = 4;
    fs::create_directories(directory);
  }
  ~WhatIfRunTest() override { fs::remove_all(directory); }

  Result<void> run(Launcher &launcher) {
    std::vector<Lever> levers = plan.levers;
    ProvingLauncher prover(launcher, levers);
    Recording recording(prover, rules, {.session = file(), .logs = directory}, session);
    Progress progress(said, false, 1);
    auto done = WhatIfRun(plan, levers, prover, recording, progress).run();
    session = recording.session();
    return done;
  }

  fs::path file() const { return directory / "session.json"; }

  std::size_t samples(const std::string &subject) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(session.launches, [&](const Launch &each) {
          return each.subject == subject && each.is_sample();
        }));
  }

  std::string refused(const std::string &lever) const {
    const auto trial = std::ranges::find(session.what_if->trials, lever, &LeverTrial::lever);
    return trial == session.what_if->trials.end() ? "there is no such trial" : trial->refused;
  }

  std::vector<std::string> tried() const {
    std::vector<std::string> names;
    for (const LeverTrial &trial : session.what_if->trials)
      names.push_back(trial.lever);
    return names;
  }

  WhatIfPlan plan;
  Session session;
  fs::path directory;
  Rules rules = std::move(load_rules("").value());
  std::ostringstream said;
};

// Two levers of three launches each: C(12 + 3, 3) = 455 orders, of which one is rarer than 0.25 %.
constexpr std::size_t base_for_two = 12;

TEST_F(WhatIfRunTest, launches_as_often_as_planned) {
  LeverLauncher launcher({{"a", 0.9}, {"b", 1.1}});
  const Result<void> done = run(launcher);
  ASSERT_TRUE(done) << to_text(done.error());
  EXPECT_EQ(launcher.of,
            (std::map<std::string, std::size_t>{{"", 1 + base_for_two}, {"a", 3}, {"b", 3}}));
  EXPECT_EQ(samples("base"), base_for_two);
  EXPECT_EQ(samples("a"), 3u);
  ASSERT_TRUE(session.what_if);
  EXPECT_EQ(session.what_if->launches, 3u);
  EXPECT_EQ(session.what_if->base_launches, base_for_two);
  EXPECT_EQ(session.what_if->arguments, plan.arguments);
  EXPECT_EQ(tried(), (std::vector<std::string>{"a", "b"}));
  EXPECT_NE(said.str().find("2 levers, 3 launches each, 12 of the boot as it is, 0 appliances"),
            std::string::npos)
      << said.str();
}

TEST_F(WhatIfRunTest, finds_out_what_each_lever_does) {
  LeverLauncher launcher({{"a", 0.9}, {"b", 1.1}});
  ASSERT_TRUE(run(launcher));
  const auto ranking = rank_levers(session, plan.alpha);
  ASSERT_TRUE(ranking) << to_text(ranking.error());
  ASSERT_EQ(ranking->outcomes.size(), 2u);
  EXPECT_EQ(ranking->outcomes[0].trial.lever, "a");
  EXPECT_EQ(ranking->outcomes[0].effect, LeverEffect::saves);
  EXPECT_EQ(ranking->outcomes[1].effect, LeverEffect::costs);
}

TEST_F(WhatIfRunTest, launches_every_lever_in_every_round) {
  LeverLauncher launcher({});
  ASSERT_TRUE(run(launcher));
  std::map<std::int64_t, std::map<std::string, int>> by_block;
  for (const Launch &launch : session.launches)
    if (launch.is_sample())
      ++by_block[launch.block.value_or(0)][launch.subject];
  ASSERT_EQ(by_block.size(), 3u);
  for (const auto &[block, subjects] : by_block)
    EXPECT_EQ(subjects, (std::map<std::string, int>{{"a", 1}, {"b", 1}, {"base", 4}})) << block;
}

TEST_F(WhatIfRunTest, launches_several_at_a_time) {
  plan.jobs = 3;
  LeverLauncher launcher({{"a", 0.9}});
  ASSERT_TRUE(run(launcher));
  EXPECT_EQ(launcher.of,
            (std::map<std::string, std::size_t>{{"", 1 + base_for_two}, {"a", 3}, {"b", 3}}));
}

TEST_F(WhatIfRunTest, launches_by_the_clock_where_asked_to_in_blocks) {
  plan.wall = true;
  LeverLauncher launcher({{"a", 0.5}, {"b", 1.5}});
  const Result<void> done = run(launcher);
  ASSERT_TRUE(done) << to_text(done.error());
  EXPECT_EQ(launcher.quiet, (std::map<std::string, std::size_t>{{"", 1 + wall_blocks_wanted},
                                                                {"a", wall_blocks_wanted},
                                                                {"b", wall_blocks_wanted}}))
      << "and a warm-up";
  std::map<std::int64_t, std::set<std::string>> by_block;
  for (const Launch &launch : session.launches)
    if (launch.scenario == wall_scenario && launch.is_sample())
      by_block[launch.block.value_or(0)].insert(launch.subject);
  EXPECT_EQ(by_block.size(), wall_blocks_wanted);
  for (const auto &[block, subjects] : by_block)
    EXPECT_EQ(subjects, (std::set<std::string>{"a", "b", "base"})) << block;
  const auto ranking = rank_levers(session, plan.alpha);
  ASSERT_TRUE(ranking);
  ASSERT_TRUE(ranking->outcomes[0].wall);
  EXPECT_NEAR(ranking->outcomes[0].wall->ratio, 0.5, 0.01);
  EXPECT_EQ(ranking->base_launches, base_for_two) << "of counted ones, as without";
}

TEST_F(WhatIfRunTest, gives_a_lever_up_by_the_clock_that_hangs_quietly) {
  plan.wall = true;
  LeverLauncher launcher({{"a", 0.5}});
  launcher.hangs_quietly = "a";
  const Result<void> done = run(launcher);
  ASSERT_TRUE(done) << to_text(done.error());
  EXPECT_EQ(launcher.quiet["a"], 1u);
  EXPECT_EQ(launcher.quiet["b"], wall_blocks_wanted);
  const auto ranking = rank_levers(session, plan.alpha);
  ASSERT_TRUE(ranking);
  EXPECT_EQ(ranking->outcomes[0].effect, LeverEffect::saves) << "counted launches came up";
  ASSERT_TRUE(ranking->outcomes[0].wall);
  EXPECT_EQ(ranking->outcomes[0].wall->failure, "run: hung");
}

TEST_F(WhatIfRunTest, keeps_what_was_counted_when_the_boot_as_it_is_hangs_quietly) {
  plan.wall = true;
  plan.as_it_is.append = "c";
  LeverLauncher launcher({{"a", 0.5}});
  launcher.hangs_quietly = "c";
  const Result<void> done = run(launcher);
  ASSERT_TRUE(done) << to_text(done.error());
  EXPECT_NE(said.str().find("not launched (any more) by the clock: the boot as it is does "
                            "not come up quietly: hung"),
            std::string::npos)
      << said.str();
  EXPECT_EQ(rank_levers(session, plan.alpha)->outcomes[0].effect, LeverEffect::saves);
}

TEST_F(WhatIfRunTest, launches_no_lever_by_the_clock_that_failed_before_an_interruption) {
  LeverLauncher first({{"a", 0.9}});
  ASSERT_TRUE(run(first));
  const auto last = std::ranges::find_if(
      session.launches, [](const Launch &launch) { return launch.subject == "a"; });
  last->ok = false;
  plan.wall = true;
  LeverLauncher again({{"a", 0.9}});
  ASSERT_TRUE(run(again));
  EXPECT_EQ(again.quiet.count("a"), 0u);
  EXPECT_EQ(again.quiet["b"], wall_blocks_wanted);
}

TEST_F(WhatIfRunTest, interrupted_by_the_clock_goes_on_with_the_blocks_that_are_missing) {
  plan.wall = true;
  LeverLauncher first({});
  // All counted launches, a warm-up, four blocks and one launch of the next.
  first.interrupt_after = 1 + base_for_two + 6 + 1 + 4 * 3 + 1;
  EXPECT_EQ(run(first).error().kind, ErrorKind::interrupted);
  session = read_session(file().string()).value();
  LeverLauncher again({});
  const Result<void> done = run(again);
  ASSERT_TRUE(done) << to_text(done.error());
  EXPECT_EQ(again.launches, 2u + 6 * 3) << "two warm-ups, and six blocks";
  EXPECT_EQ(wall_blocks(session, "a"), wall_blocks_wanted);
  EXPECT_EQ(wall_blocks(session, "b"), wall_blocks_wanted);
}

TEST_F(WhatIfRunTest, launches_all_together_by_the_clock_too) {
  plan.wall = plan.together = true;
  plan.levers = {appended("a"), appended("b"), appended("c")};
  LeverLauncher launcher({{"a", 0.9}, {"b", 0.8}, {"c", 0.95}});
  ASSERT_TRUE(run(launcher));
  EXPECT_EQ(launcher.quiet["b a c"], wall_blocks_wanted);
  EXPECT_EQ(launcher.quiet.count("b c"), 0u) << "what each is worth then is counted";
  EXPECT_EQ(wall_blocks(session, std::string(all_together)), wall_blocks_wanted);
}

TEST_F(WhatIfRunTest, gives_a_lever_up_that_does_not_come_up_and_goes_on_with_the_others) {
  LeverLauncher launcher({{"a", 0}});
  const Result<void> done = run(launcher);
  ASSERT_TRUE(done) << to_text(done.error());
  EXPECT_EQ(launcher.of["a"], 1u);
  EXPECT_EQ(samples("b"), 3u);
  EXPECT_EQ(samples("base"), base_for_two);
  EXPECT_NE(rank_levers(session, plan.alpha)->outcomes.back().reason.find("hung"),
            std::string::npos);
}

TEST_F(WhatIfRunTest, gives_a_lever_up_that_has_no_effect_on_the_guest) {
  LeverLauncher launcher({});
  launcher.without_effect = "a";
  ASSERT_TRUE(run(launcher));
  EXPECT_EQ(launcher.of["a"], 1u);
  EXPECT_EQ(samples("b"), 3u);
  EXPECT_NE(
      rank_levers(session, plan.alpha)->outcomes.back().reason.find("had no effect on the guest"),
      std::string::npos);
}

TEST_F(WhatIfRunTest, refuses_a_lever_that_cannot_be_launched_and_says_why) {
  for (const int jobs : {1, 3}) {
    plan.jobs = jobs;
    session.launches.clear();
    LeverLauncher launcher({});
    launcher.refuses = {{"a", "qemu has no such machine"}};
    const Result<void> done = run(launcher);
    ASSERT_TRUE(done) << to_text(done.error());
    EXPECT_EQ(launcher.of["a"], 1u);
    EXPECT_EQ(refused("a"), "qemu has no such machine");
    EXPECT_EQ(refused("b"), "");
    EXPECT_EQ(samples("b"), 3u);
    EXPECT_GE(samples("base"), 7u) << "as many as one lever needs";
  }
}

TEST_F(WhatIfRunTest, launches_no_lever_that_lacks_something) {
  plan.levers[0].needs = {{.arch = {}, .file = "/no/such/rom", .program = "", .package = ""}};
  plan.levers[1].changes.modules = {ModuleChange::unsigned_};
  LeverLauncher launcher({});
  ASSERT_TRUE(run(launcher));
  EXPECT_EQ(launcher.of.size(), 1u);
  EXPECT_EQ(refused("a"), "it needs /no/such/rom, which is not here");
  EXPECT_EQ(refused("b"), "the appliance's kernel is not known");
}

TEST_F(WhatIfRunTest, launches_no_lever_that_the_boot_has_already) {
  plan.as_it_is.append = "a";
  LeverLauncher launcher({});
  ASSERT_TRUE(run(launcher));
  EXPECT_EQ(launcher.of.count("a"), 0u);
  EXPECT_EQ(refused("a"), "the boot is like that already");
}

TEST_F(WhatIfRunTest, ends_when_the_boot_as_it_is_does_not_come_up) {
  plan.as_it_is.append = "broken";
  LeverLauncher launcher({{"broken", 0}});
  const Result<void> done = run(launcher);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::not_measured);
  EXPECT_NE(done.error().message.find("the boot as it is does not come up"), std::string::npos)
      << done.error().message;
  EXPECT_EQ(launcher.launches, 1u);
}

TEST_F(WhatIfRunTest, goes_on_after_an_interruption_with_what_is_missing) {
  LeverLauncher interrupted({{"a", 0.9}});
  interrupted.interrupt_after = 8;
  const Result<void> stopped = run(interrupted);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().kind, ErrorKind::interrupted);
  session = read_session(file().string()).value();
  EXPECT_EQ(session.launches.size(), 8u) << "nothing that was launched is lost";
  ASSERT_TRUE(session.what_if) << "so that it can be gone on with";
  EXPECT_EQ(session.what_if->arguments, plan.arguments);
  LeverLauncher launcher({{"a", 0.9}});
  const Result<void> done = run(launcher);
  ASSERT_TRUE(done) << to_text(done.error());
  EXPECT_EQ(samples("base"), base_for_two);
  EXPECT_EQ(samples("a"), 3u);
  EXPECT_EQ(samples("b"), 3u);
  EXPECT_EQ(launcher.launches, 1u + base_for_two + 6 - 7) << "and a warm-up, of all";
}

TEST_F(WhatIfRunTest, makes_an_interrupted_round_whole) {
  for (std::size_t after = 2; after < 1 + base_for_two + 6; ++after) {
    session.launches.clear();
    session.what_if.reset();
    LeverLauncher first({{"a", 0.9}});
    first.interrupt_after = after;
    ASSERT_FALSE(run(first));
    LeverLauncher again({{"a", 0.9}});
    ASSERT_TRUE(run(again));
    std::map<std::int64_t, std::map<std::string, int>> by_block;
    for (const Launch &launch : session.launches)
      if (launch.is_sample())
        ++by_block[launch.block.value_or(0)][launch.subject];
    // A round that was whole already gets part of the next.
    for (const char *lever : {"a", "b"}) {
      const SampleLaunches with = sample_launches(session, lever_scenario, lever);
      ASSERT_EQ(with.launches.size(), 3u);
      std::int64_t first_block = 1'000, last_block = 0;
      int base = 0;
      for (const Launch *launch : with.launches) {
        first_block = std::min(first_block, *launch->block);
        last_block = std::max(last_block, *launch->block);
      }
      for (const auto &[block, subjects] : by_block)
        if (block >= first_block && block <= last_block && subjects.contains("base"))
          base += subjects.at("base");
      EXPECT_EQ(base, static_cast<int>(base_for_two))
          << lever << " is compared with all of them, interrupted after " << after;
    }
  }
}

TEST_F(WhatIfRunTest, launches_a_lever_that_failed_before_an_interruption_no_more) {
  LeverLauncher first({{"a", 0}});
  ASSERT_TRUE(run(first));
  LeverLauncher again({{"a", 0.9}});
  ASSERT_TRUE(run(again));
  EXPECT_EQ(again.launches, 1u) << "the warm-up, for all else is there";
}

TEST_F(WhatIfRunTest, tries_together_what_saves_and_leaves_each_out_in_turn) {
  plan.together = true;
  plan.levers = {appended("a"), appended("b"), appended("c"), appended("d")};
  LeverLauncher launcher({{"a", 0.9}, {"b", 0.8}, {"c", 0.95}, {"d", 1.1}});
  const Result<void> done = run(launcher);
  ASSERT_TRUE(done) << to_text(done.error());
  EXPECT_EQ(tried(), (std::vector<std::string>{"a", "b", "c", "d", "together", "together-without-b",
                                               "together-without-a", "together-without-c"}));
  for (const LeverTrial &trial : session.what_if->trials)
    EXPECT_EQ(samples(trial.lever), 3u) << trial.lever;
  const auto ranking = rank_levers(session, plan.alpha);
  ASSERT_TRUE(ranking);
  EXPECT_EQ(ranking->outcomes[0].trial.lever, "together");
  EXPECT_NEAR(ranking->outcomes[0].work->ratio, 0.9 * 0.8 * 0.95, 0.01);
  EXPECT_EQ(ranking->outcomes[0].trial.what, "b, a, c");
}

TEST_F(WhatIfRunTest, leaves_what_contradicts_a_larger_saving_out_of_all_together) {
  plan.together = true;
  plan.levers = {appended("a"), appended("b"), appended("c")};
  plan.levers[0].choice = plan.levers[1].choice = "machine";
  LeverLauncher launcher({{"a", 0.9}, {"b", 0.8}, {"c", 0.95}});
  ASSERT_TRUE(run(launcher));
  EXPECT_EQ(tried(), (std::vector<std::string>{"a", "b", "c", "together"}))
      << "of two each alone is there already";
  EXPECT_EQ(session.what_if->trials.back().what, "b, c");
  EXPECT_NE(said.str().find("a is another machine: it is left out of all together"),
            std::string::npos)
      << said.str();
}

TEST_F(WhatIfRunTest, tries_nothing_together_where_one_saves) {
  plan.together = true;
  LeverLauncher launcher({{"a", 0.9}, {"b", 1.1}});
  ASSERT_TRUE(run(launcher));
  EXPECT_EQ(tried(), (std::vector<std::string>{"a", "b"}));
}

TEST_F(WhatIfRunTest, interrupted_among_combinations_goes_on_with_what_is_missing_of_them) {
  plan.together = true;
  LeverLauncher first({{"a", 0.9}, {"b", 0.8}});
  // Five levers at most: C(17 + 3, 3) = 1140 orders. A warm-up, seventeen, six, and two of the next
  // round.
  constexpr std::size_t base_for_five = 17;
  first.interrupt_after = 1 + base_for_five + 6 + 2;
  ASSERT_FALSE(run(first));
  session = read_session(file().string()).value();
  EXPECT_EQ(session.launches.size(), first.interrupt_after);
  LeverLauncher launcher({{"a", 0.9}, {"b", 0.8}});
  const Result<void> done = run(launcher);
  ASSERT_TRUE(done) << to_text(done.error());
  // Three levers in all: C(14 + 3, 3) = 680 orders.
  constexpr std::size_t base_for_three = 14;
  EXPECT_EQ(launcher.launches, 1u + base_for_three + 3u - 2u);
  EXPECT_EQ(samples("together"), 3u);
  EXPECT_EQ(samples("base"), base_for_five + base_for_three) << "among the combinations anew";
  EXPECT_EQ(tried(), (std::vector<std::string>{"a", "b", "together"}));
}

TEST_F(WhatIfRunTest, launches_the_floor_beside_the_levers) {
  plan.floor = {{"Floor/a", "a", {"sh"}, "up"},
                {"Floor/kvm", "needs KVM", {"sh"}, "up", {{.kvm = true}}},
                {"Floor/none", "is not here", {"sh"}, "up", {{.program = "no-such-program"}}}};
  LeverLauncher launcher({{"a", 0.9}});
  ASSERT_TRUE(run(launcher));
  const Result<LeverRanking> ranking = rank_levers(session, 0.01);
  ASSERT_TRUE(ranking);
  ASSERT_EQ(ranking->floor.size(), 1u);
  EXPECT_EQ(ranking->floor[0].scenario, "Floor/a");
  EXPECT_EQ(ranking->floor[0].launches, 2u);
  EXPECT_NEAR(ranking->floor[0].work, 1e9, 3e6);
  ASSERT_EQ(ranking->floor_not_measured.size(), 2u) << "what is left out is told";
  EXPECT_TRUE(ranking->floor_not_measured.at("Floor/kvm").starts_with("it needs KVM"));
  EXPECT_NE(ranking->floor_not_measured.at("Floor/none").find("no-such-program"),
            std::string::npos);
  const std::size_t made = launcher.launches;
  ASSERT_TRUE(run(launcher)); // resumed
  EXPECT_LE(launcher.launches, made + 1) << "only the warm-up is made again";
}

} // namespace
} // namespace bootperf
