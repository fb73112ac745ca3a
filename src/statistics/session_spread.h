#pragma once

// How far the launches of one more session lie from those of stored sessions though nothing
// changed: for counts against a baseline of several sessions, whose launches are more alike within
// a session.

#include <cstddef>
#include <span>
#include <vector>

#include "statistics/decision.h"
#include "statistics/summary.h"

namespace bootperf {

/// From so many stored sessions on the spread between them is known: of two it would have a single
/// degree of freedom.
inline constexpr std::size_t sessions_of_a_spread = 3;

/// Of the mean logs of one column: the standard error of the new session's less the stored ones'.
struct SessionSpread {
  double standard_error = 0;
  double df = 0; ///< of the estimate; not necessarily whole
};

/// One for each column, by the one-way random-effects model: of the mean squares between and within
/// sessions the variance between them (ANOVA estimate; Searle, Casella & McCulloch 1992, chapter
/// 3), and with it the variance of a mean of new_launches of one more session. Degrees of freedom
/// by Satterthwaite (1946) from those of the two parts, the sessions' and the launches'; between
/// the smaller of them and their sum. Where sessions lie closer than their launches would have
/// them, the variance between them is taken as 0. None at all where there are no three sessions,
/// whose spread would be one of a single degree of freedom, or where no session has two launches.
/// Every session has launches, all of the same columns; new_launches is at least 1.
std::vector<SessionSpread> session_spreads(std::span<const LaunchValues> sessions,
                                           std::size_t new_launches);

/// What a test of launches that took them for one sample says, with the spread between sessions: no
/// p is less than that of Student's t over these standard errors (family-wise, Holm 1979), and
/// no interval or smallest detectable change smaller than theirs. So a column is rejected only
/// where both tests reject it. spreads: one for each column, or none, which changes nothing.
void widen_by_sessions(std::vector<ColumnTest> &columns, std::span<const SessionSpread> spreads,
                       double alpha);

/// Of "slower by the margin (a ratio − 1) or more": Student's t, one-sided, for this column alone.
double below_margin_p(const ColumnTest &column, const SessionSpread &spread, double margin);

} // namespace bootperf
