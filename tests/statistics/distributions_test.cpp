#include "statistics/distributions.h"

#include <cmath>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

// Abramowitz & Stegun, Handbook of Mathematical Functions, 1964, tables 26.1 and 26.5.
TEST(Normal, agrees_with_the_published_tables) {
  EXPECT_NEAR(normal_cdf(1), 0.841344746068543, 1e-15);
  EXPECT_NEAR(normal_cdf(2), 0.977249868051821, 1e-15);
  EXPECT_NEAR(normal_quantile(0.9), 1.28155, 5e-6);
  EXPECT_NEAR(normal_quantile(0.975), 1.95996, 5e-6);
  EXPECT_NEAR(normal_quantile(0.99), 2.32635, 5e-6);
  EXPECT_NEAR(normal_quantile(0.999), 3.09023, 5e-6);
}

TEST(Normal, quantile_undoes_the_distribution) {
  for (const double p : {1e-300, 1e-20, 1e-5, 0.02425, 0.0243, 0.3, 0.5})
    EXPECT_NEAR(normal_cdf(normal_quantile(p)) / p, 1, 1e-11) << p;
  for (const double p : {0.6, 0.9, 0.99999})
    EXPECT_NEAR(normal_cdf(normal_quantile(p)), p, 1e-15) << p;
}

TEST(Normal, outside_its_range_is_not_a_number) {
  EXPECT_TRUE(std::isnan(normal_quantile(0)));
  EXPECT_TRUE(std::isnan(normal_quantile(1)));
  EXPECT_TRUE(std::isnan(normal_quantile(std::nan(""))));
}

// Upper critical values from the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
TEST(StudentT, quantiles_are_those_of_the_published_table) {
  struct {
    double p, df, t;
  } const table[] = {
      {0.90, 1, 3.078},   {0.95, 1, 6.314},   {0.975, 1, 12.706}, {0.99, 1, 31.821},
      {0.95, 2, 2.920},   {0.995, 5, 4.032},  {0.975, 10, 2.228}, {0.99, 10, 2.764},
      {0.90, 25, 1.316},  {0.995, 25, 2.787}, {0.99, 26, 2.479},  {0.999, 30, 3.385},
      {0.975, 60, 2.000}, {0.95, 100, 1.660},
  };
  for (const auto &[p, df, t] : table)
    EXPECT_NEAR(student_t_quantile(p, df), t, 0.0006) << "p " << p << " df " << df;
}

TEST(StudentT, one_and_two_degrees_of_freedom_have_closed_forms) {
  for (const double t : {-30.0, -2.0, -0.1, 0.0, 0.7, 5.0, 400.0}) {
    EXPECT_NEAR(student_t_cdf(t, 1), 0.5 + std::atan(t) / M_PI, 1e-12);
    EXPECT_NEAR(student_t_cdf(t, 2), 0.5 + t / (2 * std::sqrt(2 + t * t)), 1e-12);
  }
}

TEST(StudentT, quantile_undoes_the_distribution) {
  for (const double df : {1.0, 2.5, 7.0, 25.0, 1000.0})
    for (const double p : {0.001, 0.01, 0.3, 0.5, 0.9, 0.9995})
      EXPECT_NEAR(student_t_cdf(student_t_quantile(p, df), df), p, 1e-10);
}

TEST(StudentT, is_symmetric) {
  EXPECT_DOUBLE_EQ(student_t_quantile(0.01, 8), -student_t_quantile(0.99, 8));
}

TEST(StudentT, outside_its_range_is_not_a_number) {
  EXPECT_TRUE(std::isnan(student_t_quantile(0, 5)));
  EXPECT_TRUE(std::isnan(student_t_quantile(1, 5)));
  EXPECT_TRUE(std::isnan(student_t_quantile(0.5, 0)));
  EXPECT_TRUE(std::isnan(student_t_quantile(std::nan(""), 5)));
}

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
