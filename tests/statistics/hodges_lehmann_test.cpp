#include "statistics/hodges_lehmann.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "statistics/distributions.h"
#include "statistics/interim_looks.h"
#include "statistics/random.h"
#include "statistics/resampling.h"
#include "statistics/summary.h"

namespace bootperf {
namespace {

// Hollander & Wolfe, Nonparametric Statistical Methods, 1999, examples 3.2 and 3.3: the Hamilton
// depression scale after less before; table 3.1.
const std::vector<double> depression = {0.878 - 1.83, 0.647 - 0.50, 0.598 - 1.62,
                                        2.05 - 2.48,  1.06 - 1.68,  1.29 - 1.88,
                                        1.06 - 1.55,  3.14 - 3.06,  1.29 - 1.30};

TEST(HodgesLehmann, agrees_with_the_published_example) {
  const HodgesLehmann centre = hodges_lehmann(depression, 0.04);
  EXPECT_NEAR(centre.estimate, -0.46, 1e-9);
  EXPECT_NEAR(centre.low, -0.786, 1e-9);
  EXPECT_NEAR(centre.high, -0.010, 1e-9);
}

TEST(HodgesLehmann, of_few_values_has_no_finite_interval) {
  const std::vector<double> five = {1, 2, 3, 4, 5};
  EXPECT_EQ(hodges_lehmann(five, 0.05).low, -INFINITY);
  EXPECT_EQ(hodges_lehmann(five, 0.05).high, INFINITY);
  EXPECT_EQ(hodges_lehmann(five, 0.0625).low, 1); // 2/2⁵: from the smallest to the largest
  EXPECT_EQ(hodges_lehmann(five, 0.0625).high, 5);
}

TEST(HodgesLehmann, of_one_value_is_that_value_and_of_none_nothing) {
  EXPECT_EQ(hodges_lehmann(std::vector<double>{0.3}, 0.05).estimate, 0.3);
  EXPECT_TRUE(std::isnan(hodges_lehmann({}, 0.05).estimate));
  EXPECT_EQ(hodges_lehmann({}, 0.05).high, INFINITY);
}

TEST(HodgesLehmann, is_hardly_moved_by_a_wild_value) {
  const std::vector<double> values = {1, 1.1, 0.9, 1.05, 0.95, 1.02, 0.98, 1000};
  EXPECT_NEAR(hodges_lehmann(values, 0.05).estimate, 1.03, 0.03);
}

TEST(HodgesLehmann, an_interval_of_no_confidence_is_the_estimate) {
  const HodgesLehmann centre = hodges_lehmann(depression, 1);
  EXPECT_LE(centre.low, centre.estimate);
  EXPECT_GE(centre.high, centre.estimate);
}

TEST(HodgesLehmann, interval_covers_as_often_as_it_says) {
  Random random(8);
  int covered = 0;
  for (int trial = 0; trial < 1000; ++trial) {
    std::vector<double> values(14);
    for (double &value : values)
      value = std::pow(2 * random.unit() - 1, 3) + 7;
    const HodgesLehmann centre = hodges_lehmann(values, 0.1);
    covered += centre.low <= 7 && 7 <= centre.high ? 1 : 0;
  }
  EXPECT_NEAR(covered, 909, 40); // exactly 0.9086 for n = 14, and four standard deviations
}

TEST(SmallestDetectable, is_the_formula) {
  const std::vector<double> ratios = {0.01, 0.02, 0.03, 0.04, 0.05};
  // A sum of 2 over five blocks is a t of 2·√4/√(5−4) = 4; t[0.9, 4] = 1.533 (NIST e-Handbook).
  const double expected = std::exp((4 + 1.533) * 1.4826 * 0.01 / std::sqrt(0.955 * 5)) - 1;
  EXPECT_NEAR(smallest_detectable(ratios, 2), expected, 1e-5);
}

TEST(SmallestDetectable, of_blocks_is_infinite_when_nothing_can_be_rejected) {
  EXPECT_EQ(smallest_detectable(depression, INFINITY), INFINITY);
  EXPECT_EQ(smallest_detectable(depression, 3), INFINITY); // nine scores never exceed √9
  EXPECT_EQ(smallest_detectable({}, 0), INFINITY);
  EXPECT_EQ(smallest_detectable(std::vector<double>{0.1}, 0), INFINITY);
}

TEST(SmallestDetectable, is_finite_when_everything_is_rejected) {
  EXPECT_EQ(smallest_detectable(depression, -INFINITY), smallest_detectable(depression, 0));
}

TEST(SmallestDetectable, of_equal_ratios_is_that_of_the_smallest_spread) {
  const std::vector<double> equal(9, 0.2);
  const double t = 2 * std::sqrt(8.0) / std::sqrt(9.0 - 4) + 1.397; // t[0.9, 8]
  EXPECT_NEAR(smallest_detectable(equal, 2), t * smallest_log_spread / std::sqrt(0.955 * 9), 1e-7);
}

/// How often an effect of that size in one of 12 phases is found, with 25 blocks at α = 0.01.
double found_share(ScoreKind scores_of) {
  constexpr int trials = 200;
  Random random(9);
  const SignFlips flips(25, 999, 1);
  int found = 0;
  for (int trial = 0; trial < trials; ++trial) {
    BlockRatios ratios(25, std::vector<double>(12));
    std::vector<double> first;
    for (auto &block : ratios) {
      for (double &ratio : block)
        ratio = 0.02 * normal_quantile(random.unit() * 0.999998 + 1e-6);
      first.push_back(block[0]);
    }
    const FlipMaxima still = flip_maxima(scores_of(ratios), flips);
    const double critical =
        SequentialMaxT(flips.size()).look(still.slower, still.observed, 0.01).boundary;
    const double effect = std::log1p(smallest_detectable(first, critical));
    for (auto &block : ratios)
      block[0] += effect;
    const FlipMaxima moved = flip_maxima(scores_of(ratios), flips);
    const auto look = SequentialMaxT(flips.size()).look(moved.slower, moved.observed, 0.01);
    found += look.p[0] <= 0.01 ? 1 : 0;
  }
  return static_cast<double>(found) / trials;
}

// A little less than 0.9, because the spread is itself an estimate from 25 blocks.
TEST(SmallestDetectable, is_found_more_than_eight_times_in_ten) {
  for (const ScoreKind scores_of : {signed_rank_scores, mean_scores, clipped_mean_scores})
    EXPECT_NEAR(found_share(scores_of), 0.85, 0.08);
}

} // namespace
} // namespace bootperf
