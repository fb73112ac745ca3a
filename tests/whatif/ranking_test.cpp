#include "whatif/ranking.h"

#include <gtest/gtest.h>

#include "whatif/tried_levers.h"

namespace bootperf {
namespace {

using made_up::steady, made_up::TriedLevers, made_up::with_kernel_at;

constexpr double all_levers_alpha = 0.01;

LeverRanking ranked(const Session &session) {
  Result<LeverRanking> ranking = rank_levers(session, all_levers_alpha);
  EXPECT_TRUE(ranking) << to_text(ranking.error());
  return ranking.value_or(LeverRanking{});
}

/// Of a session with one lever.
LeverOutcome only_outcome(const TriedLevers &tried) {
  const LeverRanking ranking = ranked(tried.session);
  EXPECT_EQ(ranking.outcomes.size(), 1u);
  return ranking.outcomes.empty() ? LeverOutcome{} : ranking.outcomes.front();
}

std::string ranking_error(const Session &session) {
  const auto ranking = rank_levers(session, all_levers_alpha);
  return ranking ? "no error" : to_text(ranking.error());
}

/// All wait this long in udev, by milliseconds.
synthetic::Shape waiting(double ms) {
  return {.slower = {},
          .spread = steady,
          .missing = {},
          .waits = {{"run > launch > /init > udev", ms}}};
}

TEST(BaseLaunches, are_so_many_that_each_lever_can_reach_its_share_of_alpha) {
  // C(7 + 3, 3) = 120 and C(6 + 3, 3) = 84, of which one has to be below 1 %.
  EXPECT_EQ(base_launches_for(1, 3, 0.01), 7u);
  // C(13 + 3, 3) = 560, C(12 + 3, 3) = 455.
  EXPECT_EQ(base_launches_for(5, 3, 0.01), 13u);
  // C(99 + 1, 1) = 100.
  EXPECT_EQ(base_launches_for(1, 1, 0.01), 99u);
  // C(4 + 2, 2) = 15, C(5 + 2, 2) = 21.
  EXPECT_EQ(base_launches_for(1, 2, 0.05), 5u);
}

TEST(BaseLaunches, are_those_of_one_lever_for_none) {
  EXPECT_EQ(base_launches_for(0, 3, 0.01), 7u);
}

TEST(BaseLaunches, have_an_end) {
  EXPECT_EQ(base_launches_for(100, 1, 0.01), 1000u);
  EXPECT_EQ(base_launches_for(1, 0, 0.01), 1000u);
}

TEST(Lever, that_executes_less_saves_and_says_where) {
  TriedLevers tried;
  tried.add("smaller", with_kernel_at(0.8));
  const LeverOutcome outcome = only_outcome(tried);
  EXPECT_EQ(outcome.effect, LeverEffect::saves);
  EXPECT_EQ(outcome.launches, 3u);
  ASSERT_TRUE(outcome.work);
  EXPECT_NEAR(outcome.work->ratio, 1420.0 / 1620, 0.001);
  EXPECT_NEAR(outcome.work_saved(), 200e6, 1e6);
  EXPECT_FALSE(outcome.waiting) << "it was not measured";
  ASSERT_EQ(outcome.places.size(), 1u);
  EXPECT_EQ(outcome.places[0].phase, "run > launch > kernel");
  EXPECT_EQ(outcome.reason, "");
}

TEST(Lever, that_executes_more_costs) {
  TriedLevers tried;
  tried.add("larger", with_kernel_at(1.01));
  const LeverOutcome outcome = only_outcome(tried);
  EXPECT_EQ(outcome.effect, LeverEffect::costs);
  EXPECT_NEAR(outcome.work_saved(), -10e6, 1e6);
}

TEST(Lever, names_the_few_phases_that_changed_most_and_in_its_direction) {
  TriedLevers tried;
  tried.add("all", {.slower = {{"run > launch > kernel", 0.9},
                               {"run > launch > /init > udev", 0.5},
                               {"run > launch > /init > lvm", 0.99},
                               {"run > launch > guestfsd", 1.5}},
                    .spread = steady,
                    .missing = {}});
  const LeverOutcome outcome = only_outcome(tried);
  EXPECT_EQ(outcome.effect, LeverEffect::saves);
  ASSERT_EQ(outcome.places.size(), 2u) << "lvm changed too little, and guestfsd got more";
  EXPECT_EQ(outcome.places[0].phase, "run > launch > /init > udev");
  EXPECT_EQ(outcome.places[1].phase, "run > launch > kernel");
}

TEST(Lever, that_changes_nothing_is_shown_to_change_nothing) {
  TriedLevers tried;
  tried.add("comment", with_kernel_at(1));
  const LeverOutcome outcome = only_outcome(tried);
  EXPECT_EQ(outcome.effect, LeverEffect::none);
  EXPECT_LT(outcome.work->half_width, least_work_saved);
  EXPECT_TRUE(outcome.places.empty());
}

TEST(Lever, that_saves_less_than_is_worth_it_saves_nothing) {
  TriedLevers tried;
  tried.add("tiny", with_kernel_at(0.9995));
  EXPECT_EQ(only_outcome(tried).effect, LeverEffect::none);
}

TEST(Lever, is_not_known_where_launches_differ_too_much) {
  TriedLevers tried(20, {.slower = {}, .spread = 0.02, .missing = {}});
  tried.add("noisy", {.slower = {}, .spread = 0.02, .missing = {}});
  const LeverOutcome outcome = only_outcome(tried);
  EXPECT_EQ(outcome.effect, LeverEffect::not_known);
  EXPECT_EQ(outcome.reason, "more launches would tell (--launches)");
}

TEST(Lever, is_not_known_where_the_boot_as_it_is_was_launched_too_seldom) {
  TriedLevers tried(2);
  tried.add("smaller", with_kernel_at(0.5));
  EXPECT_EQ(only_outcome(tried).effect, LeverEffect::not_known)
      << "of C(5, 3) = 10 orders none is as rare as 1 %";
}

TEST(Lever, that_waits_less_saves_though_it_executes_as_much) {
  TriedLevers tried(20, waiting(2000));
  tried.add("no-settle", waiting(500));
  const LeverOutcome outcome = only_outcome(tried);
  EXPECT_EQ(outcome.effect, LeverEffect::saves);
  ASSERT_TRUE(outcome.waiting);
  EXPECT_NEAR(outcome.waiting_saved(), 1500e6, 10e6);
  EXPECT_NEAR(outcome.work_saved(), 0, 1e6);
}

TEST(Lever, that_waits_longer_costs_though_it_executes_as_much) {
  TriedLevers tried(20, waiting(500));
  tried.add("settle", waiting(2000));
  EXPECT_EQ(only_outcome(tried).effect, LeverEffect::costs);
}

TEST(Lever, that_waits_a_little_less_changes_nothing) {
  TriedLevers tried(20, waiting(500));
  tried.add("settle", waiting(480));
  EXPECT_EQ(only_outcome(tried).effect, LeverEffect::none);
}

TEST(Lever, that_did_not_come_up_is_not_measured) {
  TriedLevers tried;
  tried.add_failed("broken");
  const LeverOutcome outcome = only_outcome(tried);
  EXPECT_EQ(outcome.effect, LeverEffect::not_measured);
  EXPECT_NE(outcome.reason.find("hung"), std::string::npos) << outcome.reason;
  EXPECT_FALSE(outcome.work);
}

TEST(Lever, that_failed_once_is_not_measured_by_the_others) {
  TriedLevers tried;
  tried.add("flaky", with_kernel_at(0.5));
  Launch failed = synthetic::failed(made_up::counted);
  failed.subject = "flaky";
  tried.session.launches.push_back(failed);
  EXPECT_EQ(only_outcome(tried).effect, LeverEffect::not_measured);
}

TEST(Lever, that_was_refused_says_why) {
  TriedLevers tried;
  tried.add_refused("qboot", "it needs qboot.rom");
  const LeverOutcome outcome = only_outcome(tried);
  EXPECT_EQ(outcome.effect, LeverEffect::not_measured);
  EXPECT_EQ(outcome.reason, "it needs qboot.rom");
}

TEST(Lever, that_was_not_reached_says_so) {
  TriedLevers tried;
  tried.add("later", {}, 0);
  const LeverOutcome outcome = only_outcome(tried);
  EXPECT_EQ(outcome.effect, LeverEffect::not_measured);
  EXPECT_EQ(outcome.reason, "it was not launched");
}

TEST(Lever, that_is_to_execute_less_somewhere_and_does_not_had_no_effect) {
  TriedLevers tried;
  tried.add("unpacked", with_kernel_at(0.995)).less_work = {"kernel"};
  const LeverOutcome outcome = only_outcome(tried);
  EXPECT_EQ(outcome.effect, LeverEffect::not_measured);
  EXPECT_EQ(outcome.reason, "the lever had no effect on the guest: kernel executes no less");
}

TEST(Lever, that_is_to_execute_less_somewhere_and_does_is_measured) {
  TriedLevers tried;
  tried.add("unpacked", with_kernel_at(0.98)).less_work = {"kernel"};
  EXPECT_EQ(only_outcome(tried).effect, LeverEffect::saves);
}

TEST(Lever, that_is_to_execute_less_in_a_phase_that_is_not_there_had_no_effect) {
  TriedLevers tried;
  tried.add("unpacked", with_kernel_at(0.5)).less_work = {"kernel", "kernel:load"};
  EXPECT_EQ(only_outcome(tried).reason,
            "the lever had no effect on the guest: kernel:load executes no less");
}

TEST(Lever, whose_counter_failed_is_not_measured) {
  TriedLevers tried;
  tried.add("smaller", with_kernel_at(1));
  for (Launch &launch : tried.session.launches)
    if (launch.subject == "smaller") {
      launch.instructions = 0;
      for (Phase &phase : launch.phases.phases)
        phase.instructions = 0;
    }
  const LeverOutcome outcome = only_outcome(tried);
  EXPECT_EQ(outcome.effect, LeverEffect::not_measured);
  EXPECT_NE(outcome.reason.find("its counter counted nothing"), std::string::npos)
      << outcome.reason;
}

TEST(Lever, whose_work_was_not_counted_is_not_measured) {
  TriedLevers tried;
  tried.add("smaller", with_kernel_at(1));
  for (Launch &launch : tried.session.launches)
    if (launch.subject == "smaller")
      for (Phase &phase : launch.phases.phases)
        phase.instructions.reset();
  const LeverOutcome outcome = only_outcome(tried);
  EXPECT_EQ(outcome.effect, LeverEffect::not_measured);
  EXPECT_EQ(outcome.reason, "its work was not counted");
}

TEST(Ranking, puts_what_saves_most_first_and_what_was_not_measured_last) {
  TriedLevers tried(60);
  tried.add_refused("refused", "why");
  tried.add("costs", with_kernel_at(1.2));
  tried.add("saves", with_kernel_at(0.9));
  tried.add("nothing", with_kernel_at(1));
  tried.add("saves-more", with_kernel_at(0.8));
  const LeverRanking ranking = ranked(tried.session);
  std::vector<std::string> order;
  for (const LeverOutcome &outcome : ranking.outcomes)
    order.push_back(outcome.trial.lever + ": " + std::string(to_text(outcome.effect)));
  EXPECT_EQ(order, (std::vector<std::string>{"saves-more: saves", "saves: saves", "costs: costs",
                                             "nothing: no change", "refused: not measured"}));
}

TEST(Ranking, says_what_the_boot_as_it_is_does) {
  TriedLevers tried(20, waiting(2000));
  const LeverRanking ranking = ranked(tried.session);
  EXPECT_EQ(ranking.session, tried.session.id);
  EXPECT_EQ(ranking.alpha, all_levers_alpha);
  EXPECT_EQ(ranking.base_launches, 20u);
  EXPECT_NEAR(ranking.base_work, 1620e6, 1e6);
  EXPECT_NEAR(ranking.base_waiting, 2000e6, 10e6);
  EXPECT_TRUE(ranking.outcomes.empty());
}

TEST(Ranking, shares_alpha_among_the_levers_that_were_tried) {
  // C(9 + 3, 3) = 220 orders are enough for two levers at 1 %, and too few for three.
  TriedLevers two(9);
  two.add("a", with_kernel_at(0.8));
  two.add("b", with_kernel_at(0.8));
  two.add_refused("c", "it takes no share");
  EXPECT_EQ(ranked(two.session).outcomes[0].effect, LeverEffect::saves);
  TriedLevers three(9);
  for (const char *lever : {"a", "b", "c"})
    three.add(lever, with_kernel_at(0.8));
  EXPECT_EQ(ranked(three.session).outcomes[0].effect, LeverEffect::not_known);
}

TEST(Ranking, leaves_warm_ups_and_rebuilt_appliances_out) {
  TriedLevers tried;
  tried.add("nothing", with_kernel_at(1));
  Random random(1);
  Launch other = synthetic::launch(made_up::counted, with_kernel_at(5), random);
  other.subject = "nothing";
  other.warmup = true;
  tried.session.launches.push_back(other);
  other.warmup = false;
  other.appliance_rebuilt = true;
  tried.session.launches.push_back(other);
  EXPECT_EQ(only_outcome(tried).effect, LeverEffect::none);
}

TEST(Ranking, of_a_session_that_tries_no_levers_is_an_error) {
  EXPECT_EQ(ranking_error({}),
            "this session tries no levers: `bootperf what-if` makes one that does");
  EXPECT_EQ(rank_levers({}, all_levers_alpha).error().kind, ErrorKind::input);
}

TEST(Ranking, of_a_boot_that_never_came_up_is_an_error) {
  TriedLevers tried(0);
  EXPECT_EQ(ranking_error(tried.session), "no launch of the boot as it is came up");
  EXPECT_EQ(rank_levers(tried.session, all_levers_alpha).error().kind, ErrorKind::not_measured);
}

TEST(Ranking, of_a_counter_that_failed_is_an_error) {
  TriedLevers tried;
  for (Launch &launch : tried.session.launches)
    launch.instructions = 0;
  EXPECT_NE(ranking_error(tried.session).find("its counter counted nothing"), std::string::npos);
}

} // namespace
} // namespace bootperf
