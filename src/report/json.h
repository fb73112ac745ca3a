#pragma once

#include <string>
#include <vector>

#include "capture/boot_log.h"
#include "phases/phase_tree.h"
#include "report/launches.h"

namespace bootperf {

/// "ok", "failed" or "cut".
std::string outcome_text(const BootLog &log);

/// One launch: {"show": 1, "outcome", "phases": [{"name": id, "parent": id or null, "start_ns",
/// "wall_ns", "self_ns", "instructions"?, "self_instructions"?, "repeated"?, "overlaps"?,
/// "unfinished"?}], "not_measured": [id], "reason"?, "last_phase"?}. Every phase is listed,
/// "(other)" included.
std::string launch_json(const BootLog &log, const PhaseTree &tree);

/// Several launches of one or several scenarios: {"show": 1, "scenarios": [{"name", "launches",
/// "warmups", "rebuilds", "failed": […], "phases": [{"name", "parent", "launches", "start_ns",
/// "wall_ns":
/// {"mean", "standard_deviation", "median", "minimum", "maximum"}, "self_ns": {…},
/// "instructions"?: {…}}], "not_measured": [{"name", "launches"}]}]}
std::string launches_json(const std::vector<Launches> &scenarios);

} // namespace bootperf
