#include "statistics/student_t.h"

#include <cmath>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

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

} // namespace
} // namespace bootperf
