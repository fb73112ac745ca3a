#pragma once

#include <span>

#include "statistics/distributions.h"

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
/// power when a sum of scores has to exceed critical:
/// exp((c + t[power, n−1]) · 1.4826·MAD / √(0.955·n)) − 1, c = critical·√(n−1) / √(n−critical²). A
/// sum of scores can never exceed √n, so critical is first turned into the Student's t it stands
/// for (block_scores.h); taken as a normal quantile it would promise effects found half the time.
/// MAD is about the median and counts as at least smallest_log_spread when scaled; 0.955 = 3/π is
/// the efficiency of signed ranks against means for a normal distribution (Hodges & Lehmann 1956).
/// Infinite for n < 2 or critical ≥ √n; a negative critical counts as 0.
double smallest_detectable(std::span<const double> log_ratios, double critical,
                           double power = detectable_power);

} // namespace bootperf
