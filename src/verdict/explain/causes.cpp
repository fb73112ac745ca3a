#include "verdict/explain/causes.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "phases/phase_tree.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {
namespace {

Metric other(Metric metric) {
  return metric == Metric::wall ? Metric::instructions : Metric::wall;
}

/// The scenarios that may know the other metric, the best first.
std::vector<const Scenario *> candidates(const Session &session, const std::string &own,
                                         Metric wanted) {
  const char *mode = wanted == Metric::wall ? "traced" : "counted";
  std::vector<const Scenario *> result;
  for (const Scenario *each : session.distinct_scenarios())
    if (each->mode == mode && !each->cold)
      result.push_back(each);
  if (const Scenario *scenario = session.scenario(own))
    result.push_back(scenario);
  return result;
}

std::optional<PhaseSamples> samples_by(const Session &session, const Scenario &scenario,
                                       Metric metric, const std::vector<Baseline> &baselines,
                                       const Policy &policy) {
  const auto found = baselines_of(baselines, machine_class(scenario, metric, policy), policy);
  if (found.size() != 1)
    return std::nullopt;
  return PhaseSamples{found[0]->pooled(),
                      phase_values(sample_launches(session, scenario.name), metric)};
}

std::optional<double> ratio_of(const PhaseSamples &samples, const std::string &phase) {
  if (samples.current.empty() || !missing_in_samples(samples, phase).empty())
    return std::nullopt;
  return geometric_mean(judged_values(samples.current, {phase}), 0) /
         geometric_mean(judged_values(samples.baseline, {phase}), 0);
}

/// Of the gate of the phase itself, or of the nearest one around it.
double tolerance_of(const std::string &phase, const std::vector<Gate> &gates, double otherwise) {
  for (std::string id = phase; !id.empty(); id = parent_of(id))
    for (const Gate &gate : gates)
      if (gated_phase(gate, {id}).reason.empty())
        return gate.tolerance;
  return otherwise;
}

void name_kind(PhaseVerdict &phase, const Policy &policy, double otherwise) {
  const double wall = *phase.wall_ratio - 1;
  const double instructions = *phase.instruction_ratio - 1;
  const double wall_tolerance = tolerance_of(phase.phase, policy.wall, otherwise);
  const double work_tolerance = tolerance_of(phase.phase, policy.instructions, otherwise);
  const bool wall_moved = std::abs(wall) >= wall_tolerance;
  const bool work_moved = std::abs(instructions) >= work_tolerance;
  if (wall_moved && wall != 0)
    phase.work_share = std::clamp(instructions / wall, 0.0, 1.0);
  if (work_moved)
    phase.kind =
        std::abs(wall) >= std::abs(instructions) + wall_tolerance ? "work and waiting" : "work";
  else if (wall_moved)
    phase.kind = "waiting";
}

/// The phase and the places below it; of a phase that no gate is around the gated one's tolerance
/// holds.
void explain(PhaseVerdict &phase, Metric metric, const std::vector<PhaseSamples> &known,
             const Policy &policy, double gated_tolerance) {
  if (phase.verdict == Verdict::not_measured)
    return;
  for (PhaseVerdict &place : phase.places)
    explain(place, metric, known, policy, gated_tolerance);
  std::optional<double> ratio;
  for (const PhaseSamples &samples : known)
    if (!ratio)
      ratio = ratio_of(samples, phase.phase);
  if (!ratio)
    return;
  phase.wall_ratio = metric == Metric::wall ? phase.ratio : *ratio;
  phase.instruction_ratio = metric == Metric::wall ? *ratio : phase.ratio;
  name_kind(phase, policy, gated_tolerance);
}

} // namespace

std::vector<VersionDifference> version_differences(const Baseline &baseline,
                                                   const Scenario &scenario) {
  if (baseline.sessions.empty() || scenario.versions.empty() ||
      baseline.sessions.back().versions.empty())
    return {};
  std::map<std::string, VersionDifference> all;
  for (const auto &[what, version] : baseline.sessions.back().versions)
    all[what] = {what, version, ""};
  for (const auto &[what, version] : scenario.versions) {
    all[what].what = what;
    all[what].current = version;
  }
  std::vector<VersionDifference> result;
  for (const auto &[what, difference] : all)
    if (difference.baseline != difference.current)
      result.push_back(difference);
  return result;
}

void add_work_and_waiting(ScenarioCheck &check, const Session &session,
                          const std::vector<Baseline> &baselines, const Policy &policy) {
  const Metric wanted = other(check.metric);
  std::vector<PhaseSamples> known;
  for (const Scenario *scenario : candidates(session, check.scenario, wanted))
    if (auto samples = samples_by(session, *scenario, wanted, baselines, policy))
      known.push_back(std::move(*samples));
  for (PhaseVerdict &phase : check.phases)
    explain(phase, check.metric, known, policy, phase.tolerance);
}

} // namespace bootperf
