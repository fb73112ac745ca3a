#pragma once

#include "bench/options.h"

namespace bootperf {

/// Makes sure, before anything is launched, that the session, the --benchmark_out file and the boot
/// logs can be written, and makes the directory of the boot logs. An error of kind io names the one
/// that cannot be.
Result<void> check_outputs(const CommandLine &line);

} // namespace bootperf
