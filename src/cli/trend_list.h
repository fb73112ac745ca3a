#pragma once

#include <cstddef>

#include "base/error.h"
#include "cli/trend_options.h"

namespace bootperf {

struct TrendListOptions {
  TrendPlace store;
  std::size_t sessions = 20;
};

/// Prints what a trend holds.
Result<ExitCode> trend_list(const TrendListOptions &options);

} // namespace bootperf
