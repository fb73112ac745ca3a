#include "verdict/samples/measuring_fault.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <fmt/format.h>

namespace bootperf {
namespace {

/// The first phase that took time and no instruction, though the guest had begun: none does while a
/// counter works, for whatever ends a phase is said by the guest.
const Phase *uncounted_phase(const Launch &launch) {
  // ns. Two lines that the guest put out together may be read some time apart, with one count.
  constexpr std::int64_t longest_without = 1'000'000'000;
  const std::vector<Phase> &phases = launch.phases.phases;
  std::vector<bool> has_children(phases.size());
  for (const Phase &phase : phases)
    if (phase.parent && *phase.parent < phases.size())
      has_children[*phase.parent] = true;
  std::vector<const Phase *> leaves;
  for (std::size_t i = 0; i < phases.size(); ++i)
    if (phases[i].id.starts_with("run > launch > ") && !has_children[i] && !phases[i].overlaps &&
        !phases[i].other && phases[i].clock == TimeSource::host)
      leaves.push_back(&phases[i]);
  std::ranges::sort(leaves, {}, &Phase::start_ns);
  bool has_begun = false;
  for (const Phase *leaf : leaves) {
    const bool counted = leaf->instructions.value_or(0) > 0;
    has_begun = has_begun || counted;
    if (has_begun && !counted && leaf->wall_ns >= longest_without)
      return leaf;
  }
  return nullptr;
}

std::string fault_of(const Launch &launch, Metric metric) {
  if (metric == Metric::wall) {
    const bool took_time =
        launch.wall_ns > 0 || std::ranges::any_of(launch.phases.phases, [](const Phase &phase) {
          return phase.wall_ns > 0;
        });
    return took_time ? "" : "it took no time at all: its clock stood still";
  }
  if (!launch.instructions) // it was not counted, and is missing as such
    return "";
  if (*launch.instructions == 0)
    return "its counter counted nothing";
  if (const Phase *phase = uncounted_phase(launch))
    return fmt::format("its counter stopped, or was read no longer: {} took {:.3g} s and no "
                       "instruction",
                       phase->name, static_cast<double>(phase->wall_ns) * 1e-9);
  return "";
}

} // namespace

std::string measuring_fault(const SampleLaunches &samples, Metric metric) {
  std::size_t faulty = 0;
  std::string first;
  for (const Launch *launch : samples.launches)
    if (std::string fault = fault_of(*launch, metric); !fault.empty() && faulty++ == 0)
      first = std::move(fault);
  return faulty == 0 ? ""
                     : fmt::format("{} of {} launches cannot be believed; the first: {}", faulty,
                                   samples.launches.size(), first);
}

} // namespace bootperf
