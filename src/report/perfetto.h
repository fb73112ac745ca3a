#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "phases/line.h"
#include "session/session.h"

namespace bootperf {

/// Console lines by the index of their launch in the session.
using LaunchLines = std::map<std::size_t, std::vector<Line>>;

/// A session in the Trace Event Format, which Perfetto and speedscope open: a
/// process for each scenario and subject, a track for each launch, beginning at 0; phases as nested
/// slices with their instructions, phases that overlap as asynchronous ones, phases of no length
/// and lines as instants; and guest instructions so far as a counter. The counter is exact where
/// lines carry counts; without lines it is exact where phases end, and what no phase covers is
/// spread evenly over the gaps. What is left over at a level, "(other)", is no interval and is left
/// out. Times in µs.
/// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
std::string perfetto_trace(const Session &session, const LaunchLines &lines);

} // namespace bootperf
