// What the p values do when nothing has changed: they must be uniform or larger.
#include <cmath>

#include <gtest/gtest.h>

#include "statistics/random.h"
#include "statistics/two_sample.h"

namespace bootperf {
namespace {

/// Heavy tails and a common factor, as boot phases have them.
LaunchValues launches(Random &random, std::size_t count) {
  LaunchValues values(count, std::vector<double>(6));
  for (auto &launch : values) {
    const double common = random.unit();
    for (double &value : launch)
      value = 100 * (1 + 0.05 * common + 0.05 * random.unit() + (random.below(20) == 0 ? 0.5 : 0));
  }
  return values;
}

struct Rates {
  double family = 0; ///< share of trials in which some phase is rejected
  double single = 0; ///< mean p of one phase tested alone
};

Rates under_no_change(std::size_t n1, std::size_t n2, double alpha) {
  constexpr int trials = 1000;
  Random random(77);
  Rates rates;
  for (int trial = 0; trial < trials; ++trial) {
    const LaunchValues before = launches(random, n1);
    const LaunchValues after = launches(random, n2);
    double least = 1;
    for (const PhaseTest &phase : two_sample_max_t(before, after, alpha, 1, 100).phases)
      least = std::min(least, phase.p_slower);
    rates.family += least <= alpha ? 1.0 / trials : 0;
    const std::vector<double> none(6, 0.0);
    rates.single += below_margin_p(before, after, none, 1, 100)[0] / trials;
  }
  return rates;
}

// Standard errors: √(0.1·0.9/1000) = 0.0095, and √(1/12/1000) = 0.0091.
TEST(UnderNoChange, the_family_wise_error_is_alpha_when_exact) {
  const Rates rates = under_no_change(8, 3, 0.1); // 165 assignments
  EXPECT_NEAR(rates.family, 16.0 / 165, 0.03);
  EXPECT_NEAR(rates.single, 0.5, 0.035);
}

TEST(UnderNoChange, the_family_wise_error_is_alpha_when_drawn) {
  const Rates rates = under_no_change(8, 7, 0.1); // 6435, of which 100 are drawn
  EXPECT_NEAR(rates.family, 0.1, 0.03);
  EXPECT_NEAR(rates.single, 0.5, 0.035);
}

} // namespace
} // namespace bootperf
