#pragma once

#include "bench/recorder.h"
#include "bench/scenarios.h"

namespace bootperf {

/// Registers a scenario with Google Benchmark: one launch an iteration, its time that of
/// guestfs_launch, one iteration a repetition. The recorder must outlive the benchmarks.
void register_launches(const ScenarioPlan &scenario, Recorder &recorder);

} // namespace bootperf
