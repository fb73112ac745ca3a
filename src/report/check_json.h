#pragma once

#include <string>

#include "verdict/check.h"

namespace bootperf {

/// The report of a check as JSON, with the names of the structs' fields: {"session", "seed",
/// "exit", "reason", "checks": [{"scenario", "metric", "verdict", "advisory", "reason", "baseline":
/// {…}, "launches", "failed_launches", "alpha", "exact", "permutations", "phases": [{"phase",
/// "verdict", "ratio", "half_width", …, "places": […]}], "class_differences": […],
/// "version_differences": […]}]}. Ratios are plain numbers: 1.041, not 4.1 %.
std::string check_json(const CheckReport &report);

} // namespace bootperf
