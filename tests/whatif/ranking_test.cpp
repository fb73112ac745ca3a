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
  // C(9 + 3, 3) = 220 and C(8 + 3, 3) = 165, of which one has to be below 0.5 %: it may save or
  // cost.
  EXPECT_EQ(base_launches_for(1, 3, 0.01), 9u);
  // C(17 + 3, 3) = 1140, C(16 + 3, 3) = 969.
  EXPECT_EQ(base_launches_for(5, 3, 0.01), 17u);
  // C(199 + 1, 1) = 200.
  EXPECT_EQ(base_launches_for(1, 1, 0.01), 199u);
  // C(7 + 2, 2) = 36, C(8 + 2, 2) = 45.
  EXPECT_EQ(base_launches_for(1, 2, 0.05), 8u);
}

TEST(BaseLaunches, are_those_of_one_lever_for_none) {
  EXPECT_EQ(base_launches_for(0, 3, 0.01), 9u);
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

TEST(Lever, is_found_among_a_hundred) {
  constexpr int levers = 100;
  TriedLevers tried(static_cast<int>(base_launches_for(levers, 3, all_levers_alpha)));
  tried.add("smaller", with_kernel_at(0.8));
  for (int i = 1; i < levers; ++i)
    tried.add_failed("failed-" + std::to_string(i));
  const LeverRanking ranking = ranked(tried.session);
  ASSERT_EQ(ranking.outcomes.size(), std::size_t{levers});
  EXPECT_EQ(ranking.outcomes[0].trial.lever, "smaller");
  EXPECT_EQ(ranking.outcomes[0].effect, LeverEffect::saves);
  EXPECT_FALSE(ranking.outcomes[0].places.empty());
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

TEST(Lever, that_saves_work_and_waits_longer_does_not_save) {
  TriedLevers tried(20, waiting(500));
  synthetic::Shape longer = with_kernel_at(0.8);
  longer.waits = waiting(2000).waits;
  tried.add("poll", longer);
  EXPECT_EQ(only_outcome(tried).effect, LeverEffect::trades);
}

TEST(Lever, is_compared_with_the_boot_as_it_is_that_was_launched_among_its_own) {
  // The machine changed between the first block and the second.
  TriedLevers tried(20);
  tried.add("late", with_kernel_at(0.8), 20);
  for (std::size_t i = 0; i < 40; ++i)
    tried.session.launches[i].block = i < 20 ? 1 : 2;
  const LeverOutcome alone = only_outcome(tried);
  EXPECT_EQ(alone.effect, LeverEffect::not_measured) << "none was made among them";
  EXPECT_NE(alone.reason.find("made among its own"), std::string::npos) << alone.reason;
  // What was called late is the boot as it is of the second block.
  for (std::size_t i = 20; i < 37; ++i)
    tried.session.launches[i].subject = "base";
  EXPECT_EQ(only_outcome(tried).effect, LeverEffect::none) << "it is as the boot was then";
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
  EXPECT_EQ(outcome.reason, "the lever had no effect: kernel executes no less");
}

TEST(Lever, that_is_to_execute_less_somewhere_and_does_is_measured) {
  TriedLevers tried;
  tried.add("unpacked", with_kernel_at(0.98)).less_work = {"kernel"};
  EXPECT_EQ(only_outcome(tried).effect, LeverEffect::saves);
}

TEST(Lever, that_is_to_execute_less_in_a_phase_that_is_not_there_is_not_measured) {
  TriedLevers tried;
  tried.add("unpacked", with_kernel_at(0.5)).less_work = {"kernel", "kernel:load"};
  EXPECT_EQ(only_outcome(tried).reason,
            "it is proved by less work in kernel:load, which is not measured in every launch");
}

TEST(Levers, that_leave_out_each_other_s_proof_are_measured_together) {
  TriedLevers tried;
  tried.add(std::string(all_together), with_kernel_at(0.5)).less_work = {"kernel",
                                                                         "modprobe dm_mod"};
  EXPECT_EQ(only_outcome(tried).effect, LeverEffect::saves);
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
  // C(12 + 3, 3) = 455 orders are enough for two levers in two directions at 1 %, and too few for
  // three.
  TriedLevers two(12);
  two.add("a", with_kernel_at(0.8));
  two.add("b", with_kernel_at(0.8));
  two.add_refused("c", "it takes no share");
  EXPECT_EQ(ranked(two.session).outcomes[0].effect, LeverEffect::saves);
  TriedLevers three(12);
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

TEST(Floor, that_did_not_come_up_says_why) {
  made_up::TriedLevers tried;
  tried.add("a", made_up::with_kernel_at(0.9));
  tried.session.what_if->floor_refused = {{"Floor/kvmtool", "it needs KVM"}};
  Launch failed = synthetic::failed("Floor/pc");
  failed.subject = floor_subject;
  tried.session.launches.push_back(failed);
  const auto ranking = rank_levers(tried.session, 0.01);
  ASSERT_TRUE(ranking);
  EXPECT_TRUE(ranking->floor.empty());
  EXPECT_EQ(ranking->floor_not_measured,
            (std::map<std::string, std::string>{{"Floor/kvmtool", "it needs KVM"},
                                                {"Floor/pc", failed.failure}}));
}

} // namespace
} // namespace bootperf
