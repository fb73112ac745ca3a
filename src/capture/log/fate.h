#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "capture/log/boot_log.h"

namespace bootperf {

/// What became of a launch, from everything that its log says.
struct LaunchFate {
  bool ok = false;
  bool cut = false;   ///< not ok, and nothing tells why: the log ends before its launch does
  std::string reason; ///< when not: why, for people, safe to print
  std::vector<std::string> notes; ///< what else has to be said of it, likewise
};

/// The end line's word counts, unless the log contradicts it: a launch that panicked did not come
/// up, whatever its end line says. Without an end line the outcome, the cause or the place of the
/// silence are derived from the log.
LaunchFate fate_of(const BootLog &log);

/// A stretch without output, between two events of one clock.
struct Silence {
  std::int64_t ns = 0;
  TimeSource clock = TimeSource::host;
  std::string before; ///< the line that ended it
};

/// The longest one; none below a second, or without times.
std::optional<Silence> longest_silence(std::span<const Event> events);

} // namespace bootperf
