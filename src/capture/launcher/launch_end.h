#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/error.h"
#include "capture/facts/worker_facts.h"
#include "capture/launcher/failure.h"
#include "capture/launcher/launcher.h"
#include "capture/log/boot_log.h"

namespace bootperf {

/// What the parent knows about a launch that has ended, its log aside.
struct LaunchRecord {
  WorkerFate fate;
  std::chrono::milliseconds deadline{};
  WorkerFacts facts;
  std::int64_t host_cpu_ns = 0;
  std::string appliance_before, appliance_after; ///< appliance_stamp()
  std::string kernel;                            ///< of the appliance
  std::string qemu_version;                      ///< what `qemu --version` prints
  std::string machine_help;                      ///< what `qemu -machine help` prints
};

/// The end line of a launch, from what its log and its parent know.
LaunchEnd launch_end(const BootLog &log, const LaunchRecord &record);

/// Writes the end line of a launch whose worker has ended, and returns the log as others will read
/// it. A killed worker may have left half a line, which goes, or no header, which is made.
Result<BootLog> finish_log(const LaunchRequest &request, const LaunchRecord &record);

} // namespace bootperf
