#include "verdict/samples/phase_samples.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace bootperf {
namespace {

constexpr double enough_of_baseline = 0.8;
constexpr std::size_t longest_id = 512;
constexpr double nothing = 1; // what phase_values makes of 0

std::size_t launches_with(const std::vector<PhaseValues> &launches, const Column &column) {
  return static_cast<std::size_t>(std::ranges::count_if(
      launches, [&](const PhaseValues &values) { return values.contains(column); }));
}

std::size_t launches_with_nothing(const std::vector<PhaseValues> &launches, const Column &column) {
  return static_cast<std::size_t>(std::ranges::count_if(launches, [&](const PhaseValues &values) {
    const auto found = values.find(column);
    return found != values.end() && found->second <= nothing;
  }));
}

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

std::string_view to_text(Metric metric) {
  return metric == Metric::wall ? "wall" : "instructions";
}

std::optional<Metric> metric_from_text(std::string_view text) {
  if (text == "wall")
    return Metric::wall;
  if (text == "instructions")
    return Metric::instructions;
  return std::nullopt;
}

Metric deciding_metric(std::string_view mode) {
  return mode == "counted" ? Metric::instructions : Metric::wall;
}

SampleLaunches sample_launches(const Session &session, const std::string &scenario) {
  const bool has_head =
      std::ranges::find(session.launches, "head", &Launch::subject) != session.launches.end();
  if (has_head || session.launches.empty())
    return sample_launches(session, scenario, "head");
  return sample_launches(session, scenario, session.launches.front().subject);
}

SampleLaunches sample_launches(const Session &session, const std::string &scenario,
                               const std::string &subject) {
  SampleLaunches samples;
  for (const Launch &launch : session.launches) {
    if (launch.scenario != scenario || launch.warmup || launch.subject != subject)
      continue;
    if (launch.is_sample()) {
      samples.launches.push_back(&launch);
      ++samples.tried;
    } else if (!launch.ok) {
      ++samples.tried;
      if (samples.failed++ == 0)
        samples.failure = launch.failure_phase.empty()
                              ? launch.failure
                              : launch.failure_phase + ": " + launch.failure;
    }
  }
  return samples;
}

PhaseValues phase_values(const Launch &launch, Metric metric) {
  PhaseValues values;
  for (const Phase &phase : launch.phases.phases) {
    // The guest's clock is another one than that of all other launches.
    if (phase.overlaps || phase.unfinished || phase.clock != TimeSource::host ||
        phase.id.size() > longest_id)
      continue;
    if (metric == Metric::wall) {
      values[phase.id] = std::max(nothing, static_cast<double>(phase.wall_ns));
    } else if (phase.instructions) {
      values[phase.id] =
          std::max(nothing, static_cast<double>(phase.work().value_or(*phase.instructions)));
      if (phase.stalls.waiting_ns)
        values[{phase.id, true}] = static_cast<double>(*phase.stalls.waiting_ns);
    }
  }
  return values;
}

std::vector<PhaseValues> phase_values(const SampleLaunches &samples, Metric metric,
                                      std::size_t most) {
  std::vector<PhaseValues> values;
  for (const Launch *launch : samples.launches)
    if (values.size() < most)
      values.push_back(phase_values(*launch, metric));
  return values;
}

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

std::string missing_in_samples(const PhaseSamples &samples, const Column &column) {
  const std::size_t now = launches_with(samples.current, column);
  if (now < samples.current.size())
    return fmt::format("measured in {} of {} launches of this session", now,
                       samples.current.size());
  const std::size_t before = launches_with(samples.baseline, column);
  const auto all = static_cast<double>(samples.baseline.size());
  if (before == 0 || static_cast<double>(before) < enough_of_baseline * all)
    return fmt::format("measured in {} of {} launches of the baseline", before,
                       samples.baseline.size());
  return "";
}

std::string nothing_in_samples(const PhaseSamples &samples, const Column &column) {
  if (column.waiting)
    return "";
  for (const auto &[launches, of] :
       {std::pair(&samples.current, "this session"), std::pair(&samples.baseline, "the baseline")})
    if (const std::size_t empty = launches_with_nothing(*launches, column); empty > 0)
      return fmt::format("0 in {} of {} launches of {}", empty, launches->size(), of);
  return "";
}

std::vector<std::string> phase_ids(const std::vector<const PhaseValues *> &launches) {
  std::set<std::string> ids;
  for (const PhaseValues *launch : launches)
    for (const auto &[column, value] : *launch)
      ids.insert(column.phase);
  return {ids.begin(), ids.end()};
}

std::vector<Column> measured_columns(const std::vector<Column> &columns,
                                     const PhaseSamples &samples) {
  std::vector<Column> measured;
  for (const Column &column : columns)
    if (missing_in_samples(samples, column).empty())
      measured.push_back(column);
  return measured;
}

LaunchValues judged_values(const std::vector<PhaseValues> &launches,
                           const std::vector<Column> &columns) {
  LaunchValues result;
  for (const PhaseValues &values : launches) {
    std::vector<double> row;
    for (const Column &column : columns)
      if (const auto found = values.find(column); found != values.end())
        row.push_back(found->second + (column.waiting ? waiting_offset_ns : 0));
    if (row.size() == columns.size())
      result.push_back(std::move(row));
  }
  return result;
}

} // namespace bootperf
