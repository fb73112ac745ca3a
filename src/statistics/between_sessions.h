#pragma once

// One session against stored ones, by the spread between them: wall time against a baseline.

#include <span>
#include <vector>

#include "statistics/decision.h"

namespace bootperf {

/// Values of sessions: [session][phase], each the mean of the logs of the session's launches.
using SessionMeans = std::vector<std::vector<double>>;

/// One phase of a new session against the stored ones.
struct SessionEffect {
  double log_effect = 0;     ///< new − mean of the stored; NaN without stored sessions
  double log_half_width = 0; ///< of the 1 − alpha interval of log_effect, for this phase alone
  double p_slower = 1;       ///< one-sided, family-wise over the phases (Holm 1979)
  double p_faster = 1;
  double p_below_margin = 1; ///< of "slower by the margin or more", for this phase alone
  /// As a ratio − 1: exp((t[1−alpha/K] + t[0.9]) · s·√(1+1/m)) − 1 for K phases, both on m−1
  /// degrees of freedom.
  double smallest_detectable = 0;
};

/// t = (z_new − mean z) / (s_z·√(1 + 1/m)) on m−1 degrees of freedom: where one more session of the
/// same population would lie (prediction interval, Hahn & Meeker 1991). The spread is
/// that between sessions, which holds all that differs from session to session; the one within
/// would be too small. s_z counts as at least smallest_log_spread. margins: ratios − 1, above −1,
/// one per phase. With fewer than two stored sessions every p is 1, half widths and smallest
/// detectable effects are infinite.
std::vector<SessionEffect> between_sessions(const SessionMeans &stored,
                                            std::span<const double> current,
                                            std::span<const double> margins, double alpha);

/// Adjusted p values that hold for all the hypotheses together, however they depend on each other:
/// sorted ascending, the i-th of K times K − i + 1, made monotone, at most 1 (Holm 1979).
std::vector<double> holm_adjusted(std::span<const double> p);

/// Judges a session's columns by between_sessions().
std::vector<ColumnDecision> decide_between_sessions(const SessionMeans &stored,
                                                    std::span<const double> current,
                                                    const std::vector<ColumnMargin> &margins,
                                                    const ErrorRates &rates);

} // namespace bootperf
