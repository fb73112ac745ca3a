#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "capture/log/boot_log.h"

namespace bootperf {

/// A line of a text, without what was put before it.
struct TextLine {
  std::string text;
  std::optional<std::int64_t> t_ns; ///< what was put before it says so
};

/// What libguestfs printed as the events that it printed them of: its messages, traces, warnings
/// and errors are known by the words before them, also in the middle of a line of the console; all
/// else is the console. launch_done, subprocess_quit and close, which are not printed, stand where
/// the text shows that they were.
///
/// With times before the lines, t_ns counts from the first line. Without, kernel lines have the
/// guest's time, messages with a time of their own ("[00047ms]") the host's, and others none.
std::vector<Event> events_of_lines(std::span<const TextLine> lines);

} // namespace bootperf
