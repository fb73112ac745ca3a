#include "bench/fixture.h"

#include <fmt/format.h>

#include "base/text.h"
#include "bench/benchmark_versions.h"

namespace bootperf {
namespace {

constexpr double seconds_per_ns = 1e-9;

std::string failure_text(const Launch &launch) {
  return printable(fmt::format("launch failed in {}: {}",
                               launch.failure_phase.empty() ? "no phase" : launch.failure_phase,
                               launch.failure));
}

/// The body of the benchmark: a launch an iteration. A launch that failed is an error, not a time.
void launch(benchmark::State &state, const ScenarioPlan &scenario, Recorder &recorder) {
  for ([[maybe_unused]] auto _ : state) {
    const auto measured = recorder.measure(scenario);
    if (!measured) {
      skip_with_error(state, printable(measured.error().message));
      break;
    }
    const Launch &made = recorder.session().launches[*measured];
    if (!made.ok) {
      skip_with_error(state, failure_text(made));
      break;
    }
    state.SetIterationTime(static_cast<double>(made.wall_ns) * seconds_per_ns);
  }
}

} // namespace

void register_launches(const ScenarioPlan &scenario, Recorder &recorder) {
  // Neither Unit() nor Repetitions(): either would defeat the flag of that name.
  register_benchmark(
      scenario.name,
      [scenario, &recorder](benchmark::State &state) { launch(state, scenario, recorder); })
      ->UseManualTime()
      ->Iterations(1);
}

} // namespace bootperf
