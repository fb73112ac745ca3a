#pragma once

#include <string>

#include "base/error.h"
#include "cli/trend_options.h"

namespace bootperf {

struct TrendExportOptions {
  TrendPlace store;
  TrendPart part;
  std::string format; ///< "openmetrics" or "csv"
  std::string output; ///< a file; "": standard output
};

/// Writes the points of a trend for another program.
Result<ExitCode> trend_export(const TrendExportOptions &options);

} // namespace bootperf
