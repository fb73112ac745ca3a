#pragma once

#include <string>
#include <vector>

#include "phases/phase_tree.h"
#include "report/launches.h"

namespace bootperf {

/// What launch_json() says of the phases, as comma-separated values (RFC 4180), a phase a record.
std::string launch_csv(const PhaseTree &tree);

/// What launches_json() says of the phases, a phase of a scenario a record.
std::string launches_csv(const std::vector<Launches> &scenarios);

} // namespace bootperf
