#pragma once

namespace bootperf {

/// Spreads of logs below this (0.01 %) count as this. Without it a phase whose values are all equal
/// would divide by zero, and a difference of a few instructions in a phase that hardly varies would
/// outrank everything in the maximum over phases. It lies below the steadiest phase measured
/// (0.04 %) and far below any sensible tolerance. The observed assignment and the permuted ones get
/// it alike, so the tests stay exact.
inline constexpr double smallest_log_spread = 1e-4;

} // namespace bootperf
