#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "capture/log/boot_log.h"
#include "capture/log/fate.h"
#include "phases/lines.h"
#include "phases/phase_tree.h"
#include "report/launch/launches.h"
#include "report/text/style.h"
#include "session/session.h"

namespace bootperf {

// What launches are written as, a format a .cpp file. The table of the longest phases is in
// longest.h.

/// The timeline as boot-analysis draws it: a line at each time where a phase begins (▲) or ends
/// (▼), in nested columns, with mean ± standard deviation over the launches, the share of the whole
/// run, and guest instructions where every launch counted them. Repeats are folded into one line
/// ("insmod × 42"); what no phase of a level covers, "(other)", stands where its parent ends. A
/// phase without a time was "passed through", and stands where the one before it begins.
/// Failed launches, phases not measured and launches left out are stated below.
std::string timeline(const Launches &launches, const TextStyle &style);

/// Whether the launches and most of their phases have times of the host's clock, and none of
/// another: only then there is a timeline to draw.
bool on_one_clock(const Launches &launches);

/// The phases of launches whose times are not all known, or not all of one clock: indented, with
/// the times that there are. A phase without one was passed through, which is all that is known.
std::string outline(const Launches &launches, const TextStyle &style);

/// The timeline and the longest phases; the outline where there is no timeline to draw.
std::string launches_text(const Launches &launches, const TextStyle &style);

/// The scenarios of a session beside each other, a line each: the means of the launches that count.
/// "" where there are not two, and where a scenario has several subjects. Where all are counted
/// that with the fewest instructions is first: times of launches that were made beside others say
/// less.
std::string scenarios_text(const Session &session, const TextStyle &style);

/// "ok", "failed", or "cut" when nothing tells.
std::string outcome_word(const LaunchFate &fate);

/// One launch: {"show": 1, "outcome", "phases": [{"name": id, "parent": id or null, "start_ns",
/// "wall_ns", "self_ns", "instructions"?, "self_instructions"?, "repeated"?, "overlaps"?,
/// "unfinished"?, "clock"?}], "not_measured": [id], "reason"?, "advice"?, "notes"?, "times"?,
/// "last_phase"?}. Every phase is listed, "(other)" included. A phase that was passed through has
/// the clock "none" and null for its times; one on the guest's clock has "guest".
std::string launch_json(const BootLog &log, const PhaseTree &tree);

/// Several launches of one or several scenarios: {"show": 1, "scenarios": [{"name", "launches",
/// "warmups", "rebuilds", "failed": […], "phases": [{"name", "parent", "launches", "start_ns",
/// "wall_ns": {"mean", "standard_deviation", "median", "minimum", "maximum"}, "self_ns": {…},
/// "instructions"?: {…}}], "not_measured": [{"name", "launches"}]}]}
std::string launches_json(const std::vector<Launches> &scenarios);

/// What launch_json() says of the phases, as comma-separated values (RFC 4180), a phase a record.
std::string launch_csv(const PhaseTree &tree);

/// What launches_json() says of the phases, a phase of a scenario a record.
std::string launches_csv(const std::vector<Launches> &scenarios);

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
