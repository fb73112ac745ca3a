#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bootperf {

/// A time written before a line.
struct WrittenTime {
  std::int64_t ns = 0;      ///< since the day, the year, 1970 or whatever it counts from
  std::int64_t step_ns = 0; ///< its last digit
  bool of_day_only = false; ///< begins again at midnight
};

/// The time in a line's prefix: "2026-11-28T01:02:03.456Z", "Nov 28 01:02:03", "01:02:03", "12.345"
/// (seconds, as `ts -s %.s` writes them), seconds, milliseconds or microseconds since 1970. Time
/// zones are passed over: only differences count.
std::optional<WrittenTime> written_time(std::string_view prefix);

/// The times of lines, as a clock that runs.
struct PrefixClock {
  std::vector<std::optional<std::int64_t>> ns; ///< by line; never decreasing
  std::int64_t step_ns = 0;                    ///< the finest that it was written with
};

/// A clock made of the lines' prefixes. None when most lines have no time, when it goes back (what
/// `ts -i` writes are no times), or when it stands still: then the log was written at once.
std::optional<PrefixClock> prefix_clock(std::span<const std::string_view> prefixes);

} // namespace bootperf
