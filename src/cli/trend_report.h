#pragma once

#include <string>

#include "base/error.h"
#include "cli/trend_options.h"
#include "trend/check.h"

namespace bootperf {

struct TrendReportOptions {
  TrendPlace store;
  TrendPart part;
  TrendSettings settings;
  std::string directory = "thresholds";
  std::string output; ///< a directory
};

/// Writes the trend as a page, index.html in a directory.
Result<ExitCode> trend_report(const TrendReportOptions &options);

} // namespace bootperf
