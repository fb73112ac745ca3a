#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "cli/trend_options.h"
#include "trend/check.h"

namespace bootperf {

struct TrendCheckOptions {
  TrendPlace store;
  TrendSettings settings;
  std::string directory = "thresholds";
  bool all = false;                  ///< list every step
  std::optional<std::string> accept; ///< the reason
  TrendPart accepted;                ///< which steps it is for
};

/// Looks for new steps, prints them, and exits with the verdict; with --accept keeps the reason
/// with them first.
Result<ExitCode> trend_check(const TrendCheckOptions &options);

} // namespace bootperf
