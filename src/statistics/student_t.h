#pragma once

namespace bootperf {

/// Student's t distribution with df > 0 degrees of freedom (not necessarily whole).
/// P(T ≤ t), by the continued fraction of the incomplete beta function (DLMF 8.17.22).
double student_t_cdf(double t, double df);

/// The t with P(T ≤ t) = p, for 0 < p < 1; NaN outside, or when df is not positive.
double student_t_quantile(double p, double df);

} // namespace bootperf
