#pragma once

#include <span>

namespace bootperf {

/// Where the centre of a symmetric distribution lies.
struct HodgesLehmann {
  double estimate = 0; ///< NaN without values
  double low = 0;      ///< −∞ when n is too small for the confidence
  double high = 0;     ///< ∞ likewise
};

/// The median of the Walsh averages (dᵢ + dⱼ)/2, i ≤ j (Hodges & Lehmann 1963), and the
/// distribution-free interval at confidence 1 − alpha or a little more, from the exact null
/// distribution of the signed rank (Hollander & Wolfe 1999, section 3.3). For n ≤ 200.
HodgesLehmann hodges_lehmann(std::span<const double> values, double alpha);

/// The slow-down, as a ratio − 1, that a sign-flip test of log ratios like these finds with this
/// power when a statistic has to exceed critical:
/// exp((critical + z[power]) · 1.4826·MAD / √(0.955·n)) − 1. MAD is about the median and counts as
/// at least smallest_log_spread when scaled; 0.955 = 3/π is the efficiency of signed ranks against
/// means for a normal distribution (Hodges & Lehmann 1956). Infinite without values or when
/// critical is.
double smallest_detectable(std::span<const double> log_ratios, double critical, double power = 0.9);

} // namespace bootperf
