#include "verdict/samples/phase_samples.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace bootperf {
namespace {

constexpr double enough_of_baseline = 0.8;
constexpr std::size_t longest_id = 512;

std::size_t launches_with(const std::vector<PhaseValues> &launches, const Column &column) {
  return static_cast<std::size_t>(std::ranges::count_if(
      launches, [&](const PhaseValues &values) { return values.contains(column); }));
}

std::size_t launches_with_nothing(const std::vector<PhaseValues> &launches, const Column &column) {
  return static_cast<std::size_t>(std::ranges::count_if(launches, [&](const PhaseValues &values) {
    const auto found = values.find(column);
    return found != values.end() && is_nothing(found->second);
  }));
}

/// What the launches have of these columns. A launch has some hundred, and a level a few.
std::vector<PhaseValues> picked(const std::vector<PhaseValues> &launches,
                                const std::vector<Column> &columns) {
  std::vector<PhaseValues> result(launches.size());
  for (std::size_t i = 0; i < launches.size(); ++i)
    for (const Column &column : columns)
      if (const auto found = launches[i].find(column); found != launches[i].end())
        result[i].insert(*found);
  return result;
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
      values[phase.id] = std::max(value_of_nothing, static_cast<double>(phase.wall_ns));
    } else if (phase.instructions) {
      values[phase.id] = std::max(value_of_nothing,
                                  static_cast<double>(phase.work().value_or(*phase.instructions)));
      if (phase.stalls.waiting_ns)
        values[{phase.id, Quantity::waiting}] = static_cast<double>(*phase.stalls.waiting_ns);
      if (phase.stalls.host_waiting_ns)
        values[{phase.id, Quantity::host_waiting}] =
            static_cast<double>(*phase.stalls.host_waiting_ns);
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
  if (column.is_halt())
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

PhaseSamples with_new_phases(const PhaseSamples &samples, const std::vector<Column> &columns) {
  PhaseSamples of_level{picked(samples.baseline, columns), picked(samples.current, columns)};
  for (const Column &column : columns) {
    const Column around(parent_of(column.phase),
                        column.is_halt() ? column.quantity : Quantity::waiting);
    if (launches_with(samples.baseline, column) > 0 ||
        launches_with(samples.baseline, around) < samples.baseline.size())
      continue;
    for (PhaseValues &values : of_level.baseline)
      values[column] = column.is_halt() ? 0 : value_of_nothing;
  }
  return of_level;
}

LaunchValues judged_values(const std::vector<PhaseValues> &launches,
                           const std::vector<Column> &columns) {
  LaunchValues result;
  for (const PhaseValues &values : launches) {
    std::vector<double> row;
    for (const Column &column : columns)
      if (const auto found = values.find(column); found != values.end())
        row.push_back(found->second + (column.is_halt() ? waiting_offset_ns : 0));
    if (row.size() == columns.size())
      result.push_back(std::move(row));
  }
  return result;
}

} // namespace bootperf
