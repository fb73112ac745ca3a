#pragma once

// Launches against launches, which could have been made in any order: exact where few enough, as
// for counted launches against a baseline.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "statistics/decision.h"
#include "statistics/resampling.h"
#include "statistics/session_spread.h"
#include "statistics/summary.h"

namespace bootperf {

/// One phase of a two-sample test.
struct PhaseTest {
  double log_effect = 0;     ///< mean ln(current) − mean ln(baseline)
  double log_spread = 0;     ///< pooled standard deviation of the logs; NaN for n1 + n2 < 3
  double log_half_width = 0; ///< half of the 1 − alpha interval of log_effect (t, pooled, n1+n2−2)
  double statistic = 0;      ///< log_effect / (log_spread · √(1/n1 + 1/n2))
  double p_slower = 1;       ///< family-wise, max-T over the phases, one-sided
  double p_faster = 1;
  /// As a ratio − 1: a slow-down this large is found with power 0.9; infinite when these launches
  /// can reject nothing at alpha. exp((c + t[0.9, n1+n2−2]) · spread · √(1/n1 + 1/n2)) − 1, with c
  /// the critical value of the max-T distribution of these very values (docs/statistics.md).
  double smallest_detectable = 0;
};

struct TwoSampleTest {
  std::vector<PhaseTest> phases;
  bool exact = false;             ///< all assignments enumerated, else Monte Carlo
  std::uint64_t permutations = 0; ///< assignments looked at, the observed one included
  double smallest_p = 1;          ///< what this many launches can reach at best: 1 / assignments
};

/// Two-sample permutation test with max-T over the phases (Westfall & Young 1993; Phipson & Smyth
/// 2010 for the Monte-Carlo p). Every assignment of launches to the two groups is enumerated when
/// there are at most max_exact of them, else max_exact random ones are drawn from seed. Ties count
/// against rejection. With an empty group, or fewer than three launches, every p is 1.
TwoSampleTest two_sample_max_t(const LaunchValues &baseline, const LaunchValues &current,
                               double alpha, std::uint64_t seed, std::uint64_t max_exact = 200'000);

/// For each phase the one-sided p value of "current is slower than baseline by margins[phase] (a
/// ratio − 1) or more": the same permutation test on current / (1 + margin), each phase by itself.
/// Showing that all phases lie below their margins needs no correction over the phases
/// (intersection–union, Berger 1982).
std::vector<double> below_margin_p(const LaunchValues &baseline, const LaunchValues &current,
                                   std::span<const double> margins, std::uint64_t seed,
                                   std::uint64_t max_exact = 200'000);

/// How many more current launches it takes until a p of alpha can be reached at all (0: enough
/// now); none when a thousand would not do, as with an empty baseline.
std::optional<std::size_t> launches_needed(std::size_t baseline, std::size_t current, double alpha);

/// Columns judged as one family.
struct TwoSampleDecision {
  std::vector<ColumnDecision> columns;
  bool exact = false;
  std::uint64_t permutations = 0;
  double smallest_p = 1;
};

/// Judges columns by two_sample_max_t() and below_margin_p(). spreads: of each column, where the
/// baseline's launches are of several sessions and these of another one (session_spread.h); none
/// where all were made in turn.
TwoSampleDecision decide_two_samples(const LaunchValues &baseline, const LaunchValues &current,
                                     const std::vector<ColumnMargin> &margins,
                                     const ErrorRates &rates, const Permutations &permutations,
                                     std::span<const SessionSpread> spreads = {});

/// The numbers of columns without verdicts.
std::vector<ColumnTest> describe_two_samples(const LaunchValues &baseline,
                                             const LaunchValues &current,
                                             const TwoSampleTest &test);

} // namespace bootperf
