#include "pretended_levers.h"

namespace bootperf {
namespace {

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
  EXPECT_NE(rank_levers(session, plan.alpha)->outcomes.back().reason.find("had no effect"),
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
