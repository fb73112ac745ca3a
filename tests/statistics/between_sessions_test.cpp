#include "statistics/between_sessions.h"

#include <cmath>

#include <gtest/gtest.h>

#include "statistics/distributions.h"
#include "statistics/random.h"

namespace bootperf {
namespace {

/// Student's t on 2 degrees of freedom, in closed form.
double t2_cdf(double t) {
  return 0.5 + t / (2 * std::sqrt(2 + t * t));
}

TEST(Holm, multiplies_the_ordered_p_values_by_those_left) {
  const std::vector<double> p = {0.04, 0.01, 0.03, 0.5};
  const std::vector<double> adjusted = holm_adjusted(p);
  EXPECT_DOUBLE_EQ(adjusted[1], 0.04);
  EXPECT_DOUBLE_EQ(adjusted[2], 0.09);
  EXPECT_DOUBLE_EQ(adjusted[0], 0.09); // 2 · 0.04 is less than the one before
  EXPECT_DOUBLE_EQ(adjusted[3], 0.5);
}

TEST(Holm, is_at_most_one) {
  EXPECT_EQ(holm_adjusted(std::vector<double>{0.9, 0.8}), (std::vector<double>{1, 1}));
  EXPECT_TRUE(holm_adjusted({}).empty());
}

TEST(BetweenSessions, is_the_predictive_t) {
  const SessionMeans stored = {{1}, {2}, {3}}; // mean 2, deviation 1
  const std::vector<double> current = {5};
  const std::vector<double> margins = {std::exp(0.5) - 1};
  const SessionEffect effect = between_sessions(stored, current, margins, 0.05)[0];
  const double error = std::sqrt(1 + 1.0 / 3);
  EXPECT_DOUBLE_EQ(effect.log_effect, 3);
  EXPECT_NEAR(effect.p_slower, 1 - t2_cdf(3 / error), 1e-12);
  EXPECT_NEAR(effect.p_faster, t2_cdf(3 / error), 1e-12);
  EXPECT_NEAR(effect.p_below_margin, t2_cdf(2.5 / error), 1e-12);
  // t[0.975, 2] = 4.303, t[0.95, 2] = 2.920, t[0.9, 2] = 1.886: NIST e-Handbook, 1.3.6.7.2.
  EXPECT_NEAR(effect.log_half_width, 4.303 * error, 0.001);
  EXPECT_NEAR(std::log1p(effect.smallest_detectable), (2.920 + 1.886) * error, 0.002);
}

TEST(BetweenSessions, corrects_over_the_phases) {
  const SessionMeans stored = {{1, 1}, {2, 2}, {3, 3}};
  const std::vector<double> current = {9, 2};
  const auto effects = between_sessions(stored, current, std::vector<double>{0.1, 0.1}, 0.05);
  EXPECT_NEAR(effects[0].p_slower, 2 * (1 - t2_cdf(7 / std::sqrt(4.0 / 3))), 1e-12);
  EXPECT_NEAR(effects[1].p_slower, 0.5, 1e-12);
  EXPECT_EQ(effects[0].p_faster, 1);
}

TEST(BetweenSessions, equal_sessions_count_as_spread_a_little) {
  const SessionMeans stored = {{4}, {4}, {4}, {4}};
  const std::vector<double> margin = {0.01};
  const auto same = between_sessions(stored, std::vector<double>{4}, margin, 0.01)[0];
  const auto moved = between_sessions(stored, std::vector<double>{4.1}, margin, 0.01)[0];
  EXPECT_NEAR(same.p_slower, 0.5, 1e-12);
  EXPECT_LT(same.p_below_margin, 0.01);
  EXPECT_LT(moved.p_slower, 0.01);
}

TEST(BetweenSessions, fewer_than_two_stored_sessions_reject_nothing) {
  for (const SessionMeans &stored : {SessionMeans{}, SessionMeans{{1}}}) {
    const auto effect =
        between_sessions(stored, std::vector<double>{9}, std::vector<double>{0.1}, 0.05)[0];
    EXPECT_EQ(effect.p_slower, 1);
    EXPECT_EQ(effect.p_faster, 1);
    EXPECT_EQ(effect.p_below_margin, 1);
    EXPECT_EQ(effect.log_half_width, INFINITY);
    EXPECT_EQ(effect.smallest_detectable, INFINITY);
  }
  EXPECT_TRUE(between_sessions({}, {}, {}, 0.05).empty());
}

TEST(BetweenSessions, rejects_alpha_of_unchanged_sessions) {
  Random random(31);
  const auto session = [&] {
    std::vector<double> phases(4);
    for (double &phase : phases)
      phase = normal_quantile(0.999998 * random.unit() + 1e-6);
    return phases;
  };
  const std::vector<double> margins(4, 0.1);
  int rejected = 0;
  for (int trial = 0; trial < 1000; ++trial) {
    SessionMeans stored;
    for (int i = 0; i < 10; ++i)
      stored.push_back(session());
    bool any = false;
    for (const SessionEffect &effect : between_sessions(stored, session(), margins, 0.1))
      any = any || effect.p_slower <= 0.1;
    rejected += any ? 1 : 0;
  }
  EXPECT_NEAR(rejected, 96, 38); // 1 − (1 − 0.1/4)⁴, and four standard deviations
}

} // namespace
} // namespace bootperf
