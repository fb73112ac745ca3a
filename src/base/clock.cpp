#include "base/clock.h"

#include <algorithm>
#include <ctime>

#include <fmt/format.h>

namespace bootperf {

std::int64_t monotonic_ns() {
  timespec now = {};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

int milliseconds_until(std::int64_t time_ns) {
  const std::int64_t left = (time_ns - monotonic_ns() + 999'999) / 1'000'000;
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000'000));
}

std::string utc_text(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm utc = {};
  ::gmtime_r(&seconds, &utc);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                     utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

std::optional<std::chrono::system_clock::time_point> time_from_utc(std::string_view text) {
  const std::string copy(text);
  std::tm utc = {};
  if (::strptime(copy.c_str(), "%Y-%m-%dT%H:%M:%SZ", &utc) == nullptr)
    return std::nullopt;
  const auto time = std::chrono::system_clock::from_time_t(::timegm(&utc));
  // What was filled up, rolled over or followed by something does not read the same again.
  return utc_text(time) == text ? std::optional(time) : std::nullopt;
}

} // namespace bootperf
