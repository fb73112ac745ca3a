#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace bootperf {

struct BaselineUpdateOptions {
  std::vector<std::string> sessions; ///< files
  std::string directory = "thresholds";
  std::string accept;   ///< "" appends
  std::string metric;   ///< "": every metric that the launches are judged by
  std::string scenario; ///< "": every one
};

/// Updates a baseline for each scenario and metric of the sessions: all of them or, on any error,
/// none. Instructions that have regressed are refused without a reason: appended, they would widen
/// the baseline until the next regression passes.
Result<ExitCode> baseline_update(const BaselineUpdateOptions &options);

} // namespace bootperf
