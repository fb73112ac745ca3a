#include "statistics/session_spread.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "statistics/distributions.h"
#include "statistics/noise.h"
#include "statistics/random.h"
#include "statistics/two_sample.h"

namespace bootperf {
namespace {

LaunchValues session_of(const std::vector<double> &logs) {
  LaunchValues session;
  for (const double log : logs)
    session.push_back({std::exp(log)});
  return session;
}

TEST(SessionSpread, is_that_of_the_random_effects_model) {
  // By hand: grand mean 4, session means 1, 4 and 7; within 3·2 = 6 on 6 df, between 3·18 = 54
  // on 2.
  const std::vector<LaunchValues> sessions = {session_of({0, 1, 2}), session_of({3, 4, 5}),
                                              session_of({6, 7, 8})};
  const std::vector<SessionSpread> spreads = session_spreads(sessions, 2);
  ASSERT_EQ(spreads.size(), 1u);
  // Mean squares 27 and 1, the variance between sessions 26/3; the new mean less that of all
  // varies by 26/3·(1 + 1/3) + 1·(1/2 + 1/9).
  EXPECT_NEAR(std::pow(spreads[0].standard_error, 2), 26.0 / 3 * 4 / 3 + 0.5 + 1.0 / 9, 1e-9);
  const double sessions_part = 26.0 / 3 * 4 / 3, launches_part = 0.5 + 1.0 / 9;
  const double all = sessions_part + launches_part;
  EXPECT_NEAR(spreads[0].df,
              all * all / (sessions_part * sessions_part / 2 + launches_part * launches_part / 6),
              1e-9);
}

TEST(SessionSpread, of_sessions_closer_than_their_launches_is_that_of_launches) {
  // The mean square between is 0, and counts as that within, 1.
  const std::vector<LaunchValues> sessions = {session_of({0, 1, 2}), session_of({2, 1, 0}),
                                              session_of({1, 0, 2})};
  const std::vector<SessionSpread> spreads = session_spreads(sessions, 1);
  ASSERT_EQ(spreads.size(), 1u);
  EXPECT_NEAR(std::pow(spreads[0].standard_error, 2), 1 + 1.0 / 9, 1e-9);
  EXPECT_NEAR(spreads[0].df, 6, 1e-9) << "all of it is of launches";
}

TEST(SessionSpread, knows_sessions_of_different_sizes) {
  // Sizes 4, 2 and 2: (8 − 24/8) / 2 launches a session, the mean of all weighs 24/64.
  const std::vector<LaunchValues> sessions = {session_of({0, 2, 0, 2}), session_of({4, 6}),
                                              session_of({8, 10})};
  const double mean = (4 * 1 + 2 * 5 + 2 * 9) / 8.0; // 4
  const double between = (4 * 9 + 2 * 1 + 2 * 25) / 2.0, within = (4 + 2 + 2) / 5.0;
  ASSERT_EQ(mean, 4);
  const double variance = (between - within) / 2.5 * (1 + 24.0 / 64) + within * (1 + 1.0 / 8);
  const std::vector<SessionSpread> spreads = session_spreads(sessions, 1);
  ASSERT_EQ(spreads.size(), 1u);
  EXPECT_NEAR(std::pow(spreads[0].standard_error, 2), variance, 1e-9);
}

TEST(SessionSpread, of_more_launches_is_no_larger_and_no_less_known) {
  const std::vector<LaunchValues> sessions = {session_of({0, 1}), session_of({3, 4}),
                                              session_of({6, 7})};
  double before = std::numeric_limits<double>::infinity();
  for (const std::size_t launches : {1u, 2u, 5u, 20u, 1000u}) {
    const SessionSpread spread = session_spreads(sessions, launches)[0];
    EXPECT_LT(spread.standard_error, before);
    EXPECT_GE(spread.df, 2) << launches;
    before = spread.standard_error;
  }
}

TEST(SessionSpread, of_values_that_are_equal_is_not_nothing) {
  const std::vector<LaunchValues> sessions = {session_of({1, 1}), session_of({1, 1}),
                                              session_of({1, 1})};
  EXPECT_NEAR(session_spreads(sessions, 1)[0].standard_error,
              smallest_log_spread * std::sqrt(1 + 1.0 / 6), 1e-12);
  EXPECT_DOUBLE_EQ(session_spreads(sessions, 1)[0].df, 3);
}

TEST(SessionSpread, is_not_known_from_two_sessions_or_from_one_launch_of_each) {
  EXPECT_TRUE(session_spreads({}, 2).empty());
  const std::vector<LaunchValues> two = {session_of({1, 2, 3}), session_of({4, 5, 6})};
  EXPECT_TRUE(session_spreads(two, 2).empty());
  const std::vector<LaunchValues> singles = {session_of({1}), session_of({2}), session_of({3})};
  EXPECT_TRUE(session_spreads(singles, 2).empty());
}

ColumnTest column_with(double ratio, double p) {
  return {.baseline_mean = 100,
          .current_mean = 100 * ratio,
          .ratio = ratio,
          .half_width = 0.001,
          .p_slower = p,
          .p_faster = p,
          .smallest_detectable = 0.002};
}

TEST(WidenedBySessions, is_what_both_tests_say) {
  std::vector<ColumnTest> columns = {column_with(1.01, 0.002), column_with(1.0, 0.4)};
  const double error = std::log(1.01) / 2; // t = 2
  const std::vector<SessionSpread> spreads = {{error, 3}, {0.01, 3}};
  widen_by_sessions(columns, spreads, 0.01);
  EXPECT_NEAR(columns[0].p_slower, 2 * student_t_cdf(-2, 3), 1e-12) << "the smaller of two (Holm)";
  EXPECT_NEAR(columns[0].p_faster, 1, 1e-12);
  EXPECT_NEAR(columns[1].p_slower, 0.5, 1e-12) << "larger than that of the launches";
  EXPECT_NEAR(columns[0].half_width, 1.01 * std::expm1(student_t_quantile(0.995, 3) * error),
              1e-12);
  EXPECT_NEAR(columns[0].smallest_detectable,
              std::expm1((student_t_quantile(0.995, 3) + student_t_quantile(0.9, 3)) * error),
              1e-12);
}

TEST(WidenedBySessions, lets_a_margin_be_excluded_only_as_far_as_sessions_allow) {
  const ColumnTest column = column_with(1, 0.5);
  const double error = std::log1p(0.02) / 2;
  EXPECT_NEAR(below_margin_p(column, {error, 5}, 0.02), student_t_cdf(-2, 5), 1e-12);
}

TEST(WidenedBySessions, stays_as_it_is_where_launches_differ_by_more) {
  std::vector<ColumnTest> columns = {column_with(1.5, 0.3)};
  const ColumnTest before = columns[0];
  const std::vector<SessionSpread> spreads = {{1e-6, 30}};
  widen_by_sessions(columns, spreads, 0.01);
  EXPECT_EQ(columns[0].p_slower, before.p_slower);
  EXPECT_EQ(columns[0].half_width, before.half_width);
  EXPECT_EQ(columns[0].smallest_detectable, before.smallest_detectable);
  widen_by_sessions(columns, {}, 0.01);
  EXPECT_EQ(columns[0].p_slower, before.p_slower);
}

/// Sessions of ten launches and one of two, of four columns, that lie this far apart beside a
/// spread of launches of 1.
struct MadeUp {
  std::vector<LaunchValues> sessions;
  LaunchValues stored, now;

  MadeUp(Random &random, int count, double apart) {
    for (int session = 0; session < count; ++session) {
      sessions.push_back(session_with(random, apart, 10));
      stored.insert(stored.end(), sessions.back().begin(), sessions.back().end());
    }
    now = session_with(random, apart, 2);
  }

  static LaunchValues session_with(Random &random, double apart, std::size_t launches) {
    std::vector<double> shift;
    for (int column = 0; column < 4; ++column)
      shift.push_back(apart * normal(random));
    LaunchValues values(launches);
    for (auto &launch : values)
      for (const double each : shift)
        launch.push_back(std::exp(0.001 * (each + normal(random))));
    return values;
  }
};

/// The share of unchanged sessions in which some column is "slower" at 0.05.
double called_slower(int sessions, double apart, bool by_sessions) {
  constexpr int trials = 600;
  Random random(11);
  int found = 0;
  for (int trial = 0; trial < trials; ++trial) {
    const MadeUp data(random, sessions, apart);
    const std::vector<SessionSpread> spreads =
        by_sessions ? session_spreads(data.sessions, 2) : std::vector<SessionSpread>();
    const std::vector<ColumnMargin> margins(4, {0.000001, 0});
    const TwoSampleDecision decision = decide_two_samples(data.stored, data.now, margins,
                                                          {0.05, 0.05, 0.05}, {.seed = 1}, spreads);
    bool any = false;
    for (const ColumnDecision &column : decision.columns)
      any = any || column.p_slower <= 0.05;
    found += any ? 1 : 0;
  }
  return static_cast<double>(found) / trials;
}

// The standard error of 600 trials at 0.05 is 0.009.
TEST(UnderNoChange, sessions_that_lie_apart_are_called_slower_no_more_often_than_alpha) {
  EXPECT_GT(called_slower(8, 1.2, false), 0.15) << "as one sample they are, far more often";
  for (const double apart : {0.0, 0.3, 1.2})
    EXPECT_LT(called_slower(8, apart, true), 0.05 + 0.02) << apart;
}

// What three sessions tell of the spread between sessions is two degrees of freedom.
TEST(UnderNoChange, a_baseline_of_three_sessions_calls_twice_as_many_slower_at_most) {
  EXPECT_GT(called_slower(3, 1.2, false), 0.25);
  EXPECT_LT(called_slower(3, 1.2, true), 0.1 + 0.02);
}

} // namespace
} // namespace bootperf
