#pragma once

namespace bootperf {

/// Regularised incomplete beta function I_x(a, b) for a, b > 0, by its continued fraction
/// (DLMF 8.17.22). 0 for x ≤ 0, 1 for x ≥ 1.
double incomplete_beta(double a, double b, double x);

/// The x in [0, 1] with I_x(a, b) = p, for 0 ≤ p ≤ 1; NaN outside.
double incomplete_beta_inverse(double p, double a, double b);

} // namespace bootperf
