#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bootperf {

/// Per-launch values of several phases: values[launch][phase], all > 0, every launch the same
/// phases.
using LaunchValues = std::vector<std::vector<double>>;

/// One phase of a two-sample test.
struct PhaseTest {
  double log_effect = 0; ///< mean ln(current) − mean ln(baseline)
  double log_spread = 0; ///< pooled standard deviation of the logs
  double log_half_width = 0; ///< half of the 1 − alpha interval of log_effect (t, pooled, n1+n2−2)
  double statistic = 0;  ///< log_effect / (log_spread · √(1/n1 + 1/n2))
  double p_slower = 1;   ///< family-wise, max-T over the phases, one-sided
  double p_faster = 1;
  double smallest_detectable = 0; ///< as a ratio − 1: an effect this large is found with power 0.9
};

struct TwoSampleTest {
  std::vector<PhaseTest> phases;
  bool exact = false;              ///< all assignments enumerated, else Monte Carlo
  std::uint64_t permutations = 0;  ///< assignments looked at, the observed one included
  double smallest_p = 1;           ///< what this many launches can reach at best: 1 / assignments
};

/// Two-sample permutation test with max-T over the phases (Westfall & Young 1993; Phipson & Smyth
/// 2010 for the Monte-Carlo p). Every assignment of launches to the two groups is enumerated when
/// there are at most max_exact of them, else max_exact random ones are drawn from seed.
TwoSampleTest two_sample_max_t(const LaunchValues &baseline, const LaunchValues &current,
                               double alpha, std::uint64_t seed,
                               std::uint64_t max_exact = 200'000);

} // namespace bootperf
