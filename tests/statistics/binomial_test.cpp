#include "statistics/binomial.h"

#include <cmath>

#include <gtest/gtest.h>

#include "statistics/incomplete_beta.h"

namespace bootperf {
namespace {

/// P(X ≤ k) by adding up the terms.
double binomial_cdf(int k, int n, double p) {
  double sum = 0;
  for (int i = 0; i <= k; ++i)
    sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(i + 1.0) - std::lgamma(n - i + 1.0) +
                    i * std::log(p) + (n - i) * std::log1p(-p));
  return sum;
}

// 682 of 925: the example of R's binom.test, from Conover, Practical Nonparametric Statistics,
// 1971, p. 97.
TEST(ClopperPearson, agrees_with_the_published_example) {
  const ShareInterval interval = clopper_pearson(682, 925);
  EXPECT_NEAR(interval.low, 0.7076683, 5e-8);
  EXPECT_NEAR(interval.high, 0.7654066, 5e-8);
}

TEST(ClopperPearson, no_failure_in_299_bounds_them_by_one_percent) {
  EXPECT_NEAR(clopper_pearson(0, 299, 0.90).high, 0.01, 0.0001); // one-sided 95 %
  EXPECT_EQ(clopper_pearson(0, 299).low, 0);
  EXPECT_NEAR(clopper_pearson(0, 299).high, 1 - std::pow(0.025, 1.0 / 299), 1e-12);
  EXPECT_EQ(clopper_pearson(299, 299).high, 1);
}

TEST(ClopperPearson, ends_are_where_the_tails_are) {
  for (const int n : {1, 2, 10, 60})
    for (int k = 0; k <= n; ++k) {
      const ShareInterval interval =
          clopper_pearson(static_cast<std::uint64_t>(k), static_cast<std::uint64_t>(n), 0.99);
      EXPECT_NEAR(k == 0 ? 0.005 : 1 - binomial_cdf(k - 1, n, interval.low), 0.005, 1e-10);
      EXPECT_NEAR(k == n ? 0.005 : binomial_cdf(k, n, interval.high), 0.005, 1e-10);
    }
}

TEST(ClopperPearson, of_no_trials_is_everything_and_of_nonsense_nothing) {
  EXPECT_EQ(clopper_pearson(0, 0).low, 0);
  EXPECT_EQ(clopper_pearson(0, 0).high, 1);
  EXPECT_TRUE(std::isnan(clopper_pearson(2, 1).low));
  EXPECT_TRUE(std::isnan(clopper_pearson(0, 1, 1).high));
}

TEST(IncompleteBeta, has_closed_forms) {
  for (const double x : {0.001, 0.2, 0.5, 0.77, 0.999}) {
    EXPECT_NEAR(incomplete_beta(1, 1, x), x, 1e-14);
    EXPECT_NEAR(incomplete_beta(3, 1, x), x * x * x, 1e-14);
    EXPECT_NEAR(incomplete_beta(0.5, 0.5, x), 2 / M_PI * std::asin(std::sqrt(x)), 1e-13);
  }
  EXPECT_EQ(incomplete_beta(2, 3, -1), 0);
  EXPECT_EQ(incomplete_beta(2, 3, 2), 1);
}

TEST(IncompleteBeta, inverse_undoes_it) {
  for (const double p : {1e-9, 0.025, 0.5, 0.99})
    EXPECT_NEAR(incomplete_beta(4, 17, incomplete_beta_inverse(p, 4, 17)) / p, 1, 1e-10);
  EXPECT_NEAR(incomplete_beta_inverse(0, 4, 17), 0, 1e-300);
  EXPECT_NEAR(incomplete_beta_inverse(1, 1, 1), 1, 1e-12);
  EXPECT_TRUE(std::isnan(incomplete_beta_inverse(2, 1, 1)));
}

} // namespace
} // namespace bootperf
