#include "statistics/distributions.h"

#include <limits>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>

namespace bootperf {
namespace {

namespace policies = boost::math::policies;

/// Errors are values (NaN, infinity), nothing is thrown and errno stays; double is enough.
using Quiet = policies::policy<policies::domain_error<policies::ignore_error>,
                               policies::pole_error<policies::ignore_error>,
                               policies::overflow_error<policies::ignore_error>,
                               policies::underflow_error<policies::ignore_error>,
                               policies::denorm_error<policies::ignore_error>,
                               policies::evaluation_error<policies::ignore_error>,
                               policies::rounding_error<policies::ignore_error>,
                               policies::indeterminate_result_error<policies::ignore_error>,
                               policies::promote_float<false>, policies::promote_double<false>>;
using Normal = boost::math::normal_distribution<double, Quiet>;
using StudentT = boost::math::students_t_distribution<double, Quiet>;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

} // namespace

double normal_cdf(double z) {
  return boost::math::cdf(Normal(), z);
}

double normal_quantile(double p) {
  return p > 0 && p < 1 ? boost::math::quantile(Normal(), p) : nothing;
}

double student_t_cdf(double t, double df) {
  return boost::math::cdf(StudentT(df), t);
}

double student_t_quantile(double p, double df) {
  return p > 0 && p < 1 && df > 0 ? boost::math::quantile(StudentT(df), p) : nothing;
}

double incomplete_beta(double a, double b, double x) {
  if (x <= 0)
    return 0;
  return x >= 1 ? 1 : boost::math::ibeta(a, b, x, Quiet());
}

double incomplete_beta_inverse(double p, double a, double b) {
  return p >= 0 && p <= 1 ? boost::math::ibeta_inv(a, b, p, Quiet()) : nothing;
}

ShareInterval clopper_pearson(std::uint64_t k, std::uint64_t n, double confidence) {
  if (k > n || !(confidence > 0 && confidence < 1))
    return {nothing, nothing};
  const double tail = (1 - confidence) / 2;
  const auto seen = static_cast<double>(k);
  const auto unseen = static_cast<double>(n - k);
  // P(X ≥ k) = I_p(k, n − k + 1) and P(X ≤ k) = 1 − I_p(k + 1, n − k) (DLMF 8.17.24).
  return {k == 0 ? 0 : incomplete_beta_inverse(tail, seen, unseen + 1),
          k == n ? 1 : incomplete_beta_inverse(1 - tail, seen + 1, unseen)};
}

} // namespace bootperf
