#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "cli/trend_options.h"

namespace bootperf {

struct TrendAddOptions {
  TrendPlace store;
  std::vector<std::string> sessions;
  std::string directory = "thresholds";
};

/// Adds sessions, each as a whole, and says so once it is stored. Those before one that cannot be
/// added stay.
Result<ExitCode> trend_add(const TrendAddOptions &options);

} // namespace bootperf
