#include "selftest/self_test.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <gtest/gtest.h>

#include "verdict/synthetic.h"

namespace bootperf {
namespace {

using synthetic::policy;

Traces recorded(const std::string &mode = "traced", double spread = 0.02) {
  std::vector<Session> sessions;
  for (int i = 0; i < 6; ++i)
    sessions.push_back(synthetic::session("s" + std::to_string(i), mode, 10,
                                          {.slower = {}, .spread = spread, .missing = {}}));
  return traces_of(sessions, "Launch/" + mode,
                   mode == "counted" ? Metric::instructions : Metric::wall)
      .value();
}

TEST(Traces, hold_the_samples_session_by_session) {
  const Traces traces = recorded();
  EXPECT_EQ(traces.sessions.size(), 6u);
  EXPECT_EQ(traces.launches(), 60u);
  EXPECT_EQ(traces.mode, "traced");
}

TEST(Traces, of_nothing_are_not_measured) {
  const auto none =
      traces_of({synthetic::session("s", "traced", 1)}, "Launch/traced", Metric::wall);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::not_measured);
}

TEST(Traces, know_the_spread_of_gated_phases) {
  const auto gates = traced_gates(recorded(), policy());
  ASSERT_EQ(gates.size(), 4u);
  EXPECT_EQ(gates[1].phase, "run > launch > kernel");
  EXPECT_NEAR(gates[1].spread, 0.02 / std::sqrt(3.0), 0.003); // uniform ± 2 %
}

TEST(Slowed, what_contains_the_phase_takes_as_much_longer) {
  const PhaseValues launch = {{"run", 100}, {"run > a", 60}, {"run > a > b", 20}, {"run > c", 40}};
  const PhaseValues slower = slowed(launch, "run > a > b", 0.5);
  EXPECT_EQ(slower,
            (PhaseValues{{"run", 110}, {"run > a", 70}, {"run > a > b", 30}, {"run > c", 40}}));
  EXPECT_EQ(slowed(launch, "nothing", 0.5), launch);
}

TEST(Draws, use_each_launch_once_and_pair_neighbours) {
  const Traces traces = recorded();
  Random random(3);
  const Draw draw = draw_blocks(traces, 25, random);
  EXPECT_EQ(draw.base.size(), 25u);
  std::vector<PhaseValues> all = draw.base;
  all.insert(all.end(), draw.head.begin(), draw.head.end());
  std::ranges::sort(all);
  EXPECT_EQ(std::ranges::adjacent_find(all), all.end());
}

TEST(Draws, a_held_out_session_is_not_in_the_base) {
  const Traces traces = recorded();
  Random random(3);
  const Draw draw = draw_held_out(traces, 3, random);
  EXPECT_EQ(draw.base.size(), 50u);
  for (const PhaseValues &launch : draw.head)
    EXPECT_EQ(std::ranges::count(draw.base, launch), 0);
}

TEST(Draws, take_what_there_is) {
  Random random(3);
  EXPECT_EQ(draw_blocks(recorded(), 1000, random).base.size(), 30u);
  EXPECT_EQ(draw_batches(recorded(), 1000, random).base.size(), 30u);
}

TEST(Headline, is_the_innermost_with_the_largest_ratio) {
  EXPECT_EQ(headline_of({{"run", 1.1}, {"run > a", 1.2}, {"run > b", 1.3}}), "run > b");
  EXPECT_EQ(headline_of({{"run", 9}, {"run > a", 1.2}}), "run > a");
  EXPECT_EQ(headline_of({}), "");
}

const Score &score_of(const Record &record, std::string_view phase, double slowdown) {
  return *std::ranges::find_if(record.scores, [&](const Score &score) {
    return score.phase == phase && score.slowdown == slowdown;
  });
}

TEST(SelfTest, keeps_alpha_finds_what_is_large_and_names_it) {
  SelfTestSettings settings;
  settings.draws = 60;
  settings.slowdowns = {0.2};
  const SelfTest test = self_test(recorded(), wall_contestants(policy()), policy(), settings);
  const Record &ours = test.records.front();
  EXPECT_EQ(ours.contestant, "bootperf: blocks, clipped means");
  EXPECT_LE(score_of(ours, "", 0).fails, 2u);
  const Score &init = score_of(ours, "run > launch > /init", 0.2);
  EXPECT_EQ(init.fails, 60u);
  EXPECT_EQ(init.named_right, 60u);
  EXPECT_EQ(ours.independent_draws, 1u);
  EXPECT_LE(init.launches_p50, 50u);
}

TEST(SelfTest, sees_how_often_others_fail_for_nothing) {
  SelfTestSettings settings;
  settings.draws = 200;
  settings.slowdowns = {};
  const SelfTest test = self_test(recorded(), wall_contestants(policy()), policy(), settings);
  const auto u_test =
      std::ranges::find(test.records, "U test, 0.05 per phase", &Record::contestant);
  ASSERT_NE(u_test, test.records.end());
  EXPECT_GT(score_of(*u_test, "", 0).fail_share(), 0.03) << "four phases at 0.05, one-sided";
}

TEST(SelfTest, counted_launches_decide_after_two_or_three) {
  SelfTestSettings settings;
  settings.draws = 40;
  settings.slowdowns = {0.02};
  const SelfTest test =
      self_test(recorded("counted", 0.001), counted_contestants(), policy(), settings);
  const Record &ours = test.records.front();
  EXPECT_LE(score_of(ours, "", 0).fails, 2u);
  EXPECT_LE(score_of(ours, "", 0).launches_p95, 3u);
  EXPECT_GE(score_of(ours, "run > launch > /init", 0.02).fails, 38u);
  EXPECT_GE(score_of(test.records[1], "run > launch > /init", 0.02).fails, 38u);
}

TEST(SelfTest, is_the_same_with_any_number_of_threads) {
  SelfTestSettings settings;
  settings.draws = 10;
  settings.slowdowns = {0.05};
  const auto fails = [&](std::size_t threads) {
    settings.threads = threads;
    std::vector<std::size_t> result;
    for (const Record &record :
         self_test(recorded(), wall_contestants(policy()), policy(), settings).records)
      for (const Score &score : record.scores)
        result.push_back(score.fails);
    return result;
  };
  EXPECT_EQ(fails(1), fails(3));
}

TEST(SelfTest, of_too_few_counted_launches_knows_nothing) {
  Traces one = recorded("counted", 0.001);
  one.sessions.resize(1);
  SelfTestSettings settings;
  settings.draws = 5;
  settings.slowdowns = {};
  for (const Record &record : self_test(one, counted_contestants(), policy(), settings).records) {
    if (record.contestant.starts_with("bootperf")) {
      EXPECT_EQ(score_of(record, "", 0).inconclusive, 5u) << record.contestant;
    }
  }
}

} // namespace
} // namespace bootperf
