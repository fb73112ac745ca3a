#pragma once

#include <string_view>

#include "bench/recorder.h"
#include "bench/scenarios.h"

namespace bootperf {

/// The counter that ties a run of Google Benchmark to its launch: the index in the session. It is
/// taken out again before anything is reported.
inline constexpr std::string_view launch_counter = "bootperf_launch";

/// Registers a scenario with Google Benchmark: one launch an iteration, its time that of
/// guestfs_launch, one iteration a repetition. The recorder must outlive the benchmarks.
void register_launches(const ScenarioPlan &scenario, Recorder &recorder);

} // namespace bootperf
