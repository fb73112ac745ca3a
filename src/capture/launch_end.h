#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "capture/boot_log.h"
#include "capture/failure.h"
#include "capture/worker_facts.h"

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

} // namespace bootperf
