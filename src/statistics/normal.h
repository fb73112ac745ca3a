#pragma once

namespace bootperf {

/// The standard normal distribution: P(Z ≤ z).
double normal_cdf(double z);

/// The z with P(Z ≤ z) = p, for 0 < p < 1; NaN outside. Acklam's rational approximation (2003),
/// then one step of Halley's method: full double precision.
double normal_quantile(double p);

} // namespace bootperf
