#include "statistics/normal.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace bootperf {
namespace {

/// Acklam's approximation, relative error below 1.15e-9, for p ≤ 1/2.
double approximate_quantile(double p) {
  if (p < 0.02425) {
    const double q = std::sqrt(-2 * std::log(p));
    return (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q -
              2.549732539343734) *
                 q +
             4.374664141464968) *
                q +
            2.938163982698783) /
           ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q +
             3.754408661907416) *
                q +
            1);
  }
  const double q = p - 0.5;
  const double r = q * q;
  return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r +
            1.383577518672690e+02) *
               r -
           3.066479806614716e+01) *
              r +
          2.506628277459239) *
         q /
         (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r +
            6.680131188771972e+01) *
               r -
           1.328068155288572e+01) *
              r +
          1);
}

} // namespace

double normal_cdf(double z) {
  return std::erfc(-z / std::numbers::sqrt2) / 2;
}

double normal_quantile(double p) {
  if (!(p > 0 && p < 1))
    return std::numeric_limits<double>::quiet_NaN();
  // The lower half only: there erfc keeps all its digits.
  if (p > 0.5)
    return -normal_quantile(1 - p);
  const double z = approximate_quantile(p);
  const double density = std::exp(-z * z / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
  if (density == 0)
    return z;
  const double step = (normal_cdf(z) - p) / density;
  return z - step / (1 + z * step / 2);
}

} // namespace bootperf
