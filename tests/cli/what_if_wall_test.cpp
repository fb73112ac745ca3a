#include "pretended_levers.h"

namespace bootperf {
namespace {

using WhatIfWallTest = WhatIfRunTest;

TEST_F(WhatIfWallTest, launches_by_the_clock_where_asked_to_in_blocks) {
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

TEST_F(WhatIfWallTest, launches_by_the_clock_alone_what_cannot_be_counted) {
  plan.levers[1].uncounted = "two CPUs";
  plan.levers[1].proofs.push_back({ProofBy::argument, "-append b"});
  LeverLauncher launcher({{"a", 0.5}, {"b", 0.7}});
  ASSERT_TRUE(run(launcher));
  EXPECT_EQ(refused("b"), "two CPUs; --wall launches it by the clock");
  EXPECT_EQ(launcher.of.count("b"), 0u);
  session = {};
  session.id = "another";
  plan.wall = true;
  ASSERT_TRUE(run(launcher));
  EXPECT_EQ(launcher.of.count("b"), 0u);
  EXPECT_EQ(launcher.quiet["b"], wall_blocks_wanted);
  const auto ranking = rank_levers(session, plan.alpha);
  ASSERT_TRUE(ranking) << to_text(ranking.error());
  EXPECT_EQ(ranking->outcomes[0].effect, LeverEffect::saves) << "the other one is counted";
  const LeverOutcome &uncounted = ranking->outcomes[1];
  EXPECT_EQ(uncounted.effect, LeverEffect::not_measured);
  EXPECT_EQ(uncounted.reason, "two CPUs");
  ASSERT_TRUE(uncounted.wall);
  EXPECT_NEAR(uncounted.wall->ratio, 0.7, 0.01);
}

TEST_F(WhatIfWallTest, launches_levers_by_the_clock_where_none_can_be_counted) {
  plan.wall = true;
  plan.levers.erase(plan.levers.begin());
  plan.levers[0].uncounted = "two CPUs";
  plan.levers[0].proofs.push_back({ProofBy::argument, "-append b"});
  LeverLauncher launcher({{"b", 0.7}});
  ASSERT_TRUE(run(launcher));
  EXPECT_EQ(samples("base"), 1u + wall_blocks_wanted) << "one is counted";
  const auto ranking = rank_levers(session, plan.alpha);
  ASSERT_TRUE(ranking) << to_text(ranking.error());
  EXPECT_NEAR(ranking->outcomes[0].wall->ratio, 0.7, 0.01);
}

TEST_F(WhatIfWallTest, gives_a_lever_up_by_the_clock_that_hangs_quietly) {
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

TEST_F(WhatIfWallTest, keeps_what_was_counted_when_the_boot_as_it_is_hangs_quietly) {
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

TEST_F(WhatIfWallTest, launches_no_lever_by_the_clock_that_failed_before_an_interruption) {
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

TEST_F(WhatIfWallTest, interrupted_by_the_clock_goes_on_with_the_blocks_that_are_missing) {
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

TEST_F(WhatIfWallTest, launches_all_together_by_the_clock_too) {
  plan.wall = plan.together = true;
  plan.levers = {appended("a"), appended("b"), appended("c")};
  LeverLauncher launcher({{"a", 0.9}, {"b", 0.8}, {"c", 0.95}});
  ASSERT_TRUE(run(launcher));
  EXPECT_EQ(launcher.quiet["b a c"], wall_blocks_wanted);
  EXPECT_EQ(launcher.quiet.count("b c"), 0u) << "what each is worth then is counted";
  EXPECT_EQ(wall_blocks(session, std::string(all_together)), wall_blocks_wanted);
}

} // namespace
} // namespace bootperf
