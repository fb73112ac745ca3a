#include "statistics/student_t.h"

#include <cmath>
#include <limits>

#include "statistics/incomplete_beta.h"

namespace bootperf {

double student_t_cdf(double t, double df) {
  const double tail = incomplete_beta(df / 2, 0.5, df / (df + t * t)) / 2;
  return t < 0 ? tail : 1 - tail;
}

double student_t_quantile(double p, double df) {
  if (!(p > 0 && p < 1) || !(df > 0))
    return std::numeric_limits<double>::quiet_NaN();
  if (p < 0.5)
    return -student_t_quantile(1 - p, df);
  double low = 0;
  double high = 1;
  while (student_t_cdf(high, df) < p && high < 1e100)
    high *= 2;
  // Bisection: quantiles are asked for a few times a check, and it cannot fail to converge.
  for (int step = 0; step < 200 && high - low > 1e-13 * high; ++step) {
    const double half = (low + high) / 2;
    (student_t_cdf(half, df) < p ? low : high) = half;
  }
  return (low + high) / 2;
}

} // namespace bootperf
