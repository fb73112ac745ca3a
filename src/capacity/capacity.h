#pragma once

// How many guests in how long: what launches at once come to, and what that means for a number of
// guests in a time.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "session/session.h"

namespace bootperf {

/// So many launches at once, kept up for some time.
struct CapacityLevel {
  std::size_t at_once = 0;
  std::size_t launches = 0, failed = 0; ///< those that came up, and the others
  std::int64_t elapsed_ns = 0;          ///< from the first one's beginning to the last one's end
  double median_ns = 0, slow_ns = 0;    ///< that a launch took: half of them, nine of ten at most
  std::int64_t memory_bytes = 0;        ///< of the largest guest, times at_once; 0: not known

  /// Guests that came up a minute.
  double a_minute() const;
};

/// One machine's.
struct CapacityCurve {
  std::string host;                  ///< its name
  std::vector<CapacityLevel> levels; ///< in the order of at_once
  std::size_t best = 0; ///< the knee: the fewest at once that make 95 % of the most guests a minute
  std::string ended;    ///< why there is no further level, for people

  const CapacityLevel &knee() const { return levels[best]; }
};

/// Out of a session of `bootperf capacity`. One that is none, or in which no launch came up, is an
/// error.
Result<CapacityCurve> capacity_curve(const Session &session);

/// Whether another level is worth its launches: throughput grew by 5 % or more since the best
/// before, and no more than a fifth of the launches failed.
bool still_grows(const CapacityCurve &curve);

/// What is asked: so many guests within so long.
struct CapacityWish {
  std::uint64_t guests = 1000;
  std::int64_t within_ns = 300'000'000'000;
};

struct CapacityAnswer {
  double needed_a_minute = 0;
  double made_a_minute = 0; ///< by all machines together, each at its knee
  bool enough = false;
  std::size_t machines = 0; ///< that would do, each as good as these on average
};

/// Pure; at least one curve.
CapacityAnswer capacity_answer(const std::vector<CapacityCurve> &curves, const CapacityWish &wish);

/// How launches of a level are called in a session: "4-at-once".
std::string level_subject(std::size_t at_once);

} // namespace bootperf
