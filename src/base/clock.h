#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bootperf {

/// Nanoseconds of CLOCK_MONOTONIC; comparable between processes of one boot.
std::int64_t monotonic_ns();

/// How long from now to a time of monotonic_ns(), rounded up, as poll() takes it: 0 when it has
/// passed, at most 1,000,000 s.
int milliseconds_until(std::int64_t time_ns);

/// ISO 8601 in UTC to the second: "2024-05-01T12:00:00Z".
std::string utc_text(std::chrono::system_clock::time_point time);

/// The reverse: none for a text of any other form, or for a time that does not exist.
std::optional<std::chrono::system_clock::time_point> time_from_utc(std::string_view text);

} // namespace bootperf
