#pragma once

// What a night is: several shards, or a run by hand beside the nightly one, do not make a class
// older than a single session does.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "trend/history.h"

namespace bootperf {

/// The days (UTC) on which sessions of any class were made, counted from 0.
class Days {
public:
  explicit Days(const History &history);

  std::size_t count() const { return count_; }
  /// Of an index into History::sessions.
  std::uint32_t of(std::uint32_t session) const { return of_session_[session]; }

private:
  std::uint32_t count_ = 0;
  std::vector<std::uint32_t> of_session_;
};

/// The sessions of a class on one day.
struct Night {
  std::uint32_t day = 0;
  std::vector<std::uint32_t> sessions; ///< indexes into History::sessions, ascending; at least one
};

/// One phase in one night, its sessions pooled.
struct NightValue {
  std::uint32_t night = 0;    ///< index into ClassNights::nights
  std::uint32_t launches = 0; ///< ≥ 1, of all sessions
  double mean = 0;            ///< of the logs of all launches' values
  double spread = 0;          ///< standard deviation of these logs; 0 for a single launch
};

/// The nights of a class, and what each of its phases had in them.
struct ClassNights {
  std::vector<Night> nights;                   ///< in order of time
  std::vector<std::vector<NightValue>> series; ///< of each of ClassHistory::series, likewise

  /// The last night that is not after this session's day; 0 where all are.
  std::uint32_t night_of(std::uint32_t day) const;
};

ClassNights nights_of(const ClassHistory &history, const Days &days);

/// What one has who knows each launch: the mean and the standard deviation of several groups taken
/// together, weighted by their launches (Chan, Golub & LeVeque 1983). Night 0; the points are not
/// empty.
NightValue pooled(std::span<const TrendPoint> points);

/// "2024-05-01"
std::string date_of(const History &history, const Night &night);

} // namespace bootperf
