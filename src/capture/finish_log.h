#pragma once

#include "base/error.h"
#include "capture/boot_log.h"
#include "capture/launch_end.h"
#include "capture/launcher.h"

namespace bootperf {

/// Writes the end line of a launch whose worker has ended, and returns the log as others will read
/// it. A killed worker may have left half a line, which goes, or no header, which is made.
Result<BootLog> finish_log(const LaunchRequest &request, const LaunchRecord &record);

} // namespace bootperf
