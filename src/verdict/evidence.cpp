#include "verdict/evidence.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace bootperf {
namespace {

constexpr double enough_of_baseline = 0.8;
constexpr std::size_t longest_id = 512;

std::size_t launches_with(const std::vector<PhaseValues> &launches, const std::string &phase) {
  return static_cast<std::size_t>(std::ranges::count_if(
      launches, [&](const PhaseValues &values) { return values.contains(phase); }));
}

} // namespace

Samples samples_of(const Session &session, const std::string &scenario) {
  const bool has_head =
      std::ranges::find(session.launches, "head", &Launch::subject) != session.launches.end();
  if (has_head || session.launches.empty())
    return samples_of(session, scenario, "head");
  return samples_of(session, scenario, session.launches.front().subject);
}

Samples samples_of(const Session &session, const std::string &scenario,
                   const std::string &subject) {
  Samples samples;
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

PhaseValues values_of(const Launch &launch, Metric metric) {
  PhaseValues values;
  for (const Phase &phase : launch.phases.phases) {
    if (phase.overlaps || phase.unfinished || phase.id.size() > longest_id)
      continue;
    if (metric == Metric::wall)
      values[phase.id] = std::max(1.0, static_cast<double>(phase.wall_ns));
    else if (phase.instructions)
      values[phase.id] = std::max(1.0, static_cast<double>(*phase.instructions));
  }
  return values;
}

std::string why_not_measured(const Evidence &evidence, const std::string &phase) {
  const std::size_t now = launches_with(evidence.current, phase);
  if (now < evidence.current.size())
    return fmt::format("measured in {} of {} launches of this session", now,
                       evidence.current.size());
  const std::size_t before = launches_with(evidence.baseline, phase);
  const auto all = static_cast<double>(evidence.baseline.size());
  if (before == 0 || static_cast<double>(before) < enough_of_baseline * all)
    return fmt::format("measured in {} of {} launches of the baseline", before,
                       evidence.baseline.size());
  return "";
}

LaunchValues columns(const std::vector<PhaseValues> &launches,
                     const std::vector<std::string> &phases) {
  LaunchValues result;
  for (const PhaseValues &values : launches) {
    std::vector<double> row;
    for (const std::string &phase : phases)
      if (const auto found = values.find(phase); found != values.end())
        row.push_back(found->second);
    if (row.size() == phases.size())
      result.push_back(std::move(row));
  }
  return result;
}

double geometric_mean(const LaunchValues &launches, std::size_t column) {
  double sum = 0;
  for (const std::vector<double> &launch : launches)
    sum += std::log(launch[column]);
  return std::exp(sum / static_cast<double>(launches.size()));
}

} // namespace bootperf
