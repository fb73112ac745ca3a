#pragma once

#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "report/html/subjects.h"
#include "verdict/baseline/baseline.h"

namespace bootperf {

/// Every phase of any launch, parents before children: [{"id", "name", "path", "parent": index or
/// null, "depth", "kind": "", "other" or "overlaps", "values": [a subject: {"start": [a launch],
/// "wall", "self", "instructions"?}], "baseline"?: [a launch]}]. Times in ns; null where a launch
/// has not measured the phase. The baseline, if any, gives values of its own metric.
nlohmann::ordered_json phase_values(const std::vector<SubjectLaunches> &subjects,
                                    const Baseline *baseline);

} // namespace bootperf
