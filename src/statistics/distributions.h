#pragma once

// The distributions behind p values, intervals and smallest detectable effects. Boost.Math computes
// them; what it calls an error is NaN here, and no exception leaves.

#include <cstdint>

namespace bootperf {

/// What every smallest detectable change is said for: one of this size is found nine times in ten.
inline constexpr double detectable_power = 0.9;

/// The standard normal distribution: P(Z ≤ z).
double normal_cdf(double z);
/// The z with P(Z ≤ z) = p, for 0 < p < 1; NaN outside.
double normal_quantile(double p);

/// Student's t distribution with df > 0 degrees of freedom (not necessarily whole): P(T ≤ t).
double student_t_cdf(double t, double df);
/// The t with P(T ≤ t) = p, for 0 < p < 1; NaN outside, or when df is not positive.
double student_t_quantile(double p, double df);

/// Regularised incomplete beta function I_x(a, b) for a, b > 0. 0 for x ≤ 0, 1 for x ≥ 1.
double incomplete_beta(double a, double b, double x);
/// The x in [0, 1] with I_x(a, b) = p, for 0 ≤ p ≤ 1; NaN outside.
double incomplete_beta_inverse(double p, double a, double b);

struct ShareInterval {
  double low = 0;
  double high = 1;
};

/// The exact interval of a share of which k in n independent trials were seen, equal tails
/// (Clopper & Pearson 1934). n = 0: all of [0, 1]. NaN for k > n or a confidence outside (0, 1).
ShareInterval clopper_pearson(std::uint64_t k, std::uint64_t n, double confidence = 0.95);

} // namespace bootperf
