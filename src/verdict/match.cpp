#include "verdict/match.h"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

namespace bootperf {

std::vector<const Baseline *> baselines_of(const std::vector<Baseline> &baselines,
                                           const MachineClass &machine_class,
                                           const Policy &policy) {
  std::vector<const Baseline *> found;
  for (const Baseline &each : baselines)
    if (without_subject(each.machine_class, policy) == machine_class)
      found.push_back(&each);
  return found;
}

const Baseline *nearest_baseline(const std::vector<Baseline> &baselines,
                                 const MachineClass &machine_class, const Policy &policy) {
  const auto distance = [&](const Baseline *each) {
    const auto differing = differences(without_subject(each->machine_class, policy), machine_class);
    const bool other_scenario =
        std::ranges::find(differing, "scenario", &ClassDifference::key) != differing.end();
    return std::tuple(other_scenario, differing.size());
  };
  std::vector<const Baseline *> candidates;
  for (const Baseline &each : baselines)
    if (each.machine_class.metric == machine_class.metric)
      candidates.push_back(&each);
  const auto nearest = std::ranges::min_element(candidates, {}, distance);
  return nearest == candidates.end() ? nullptr : *nearest;
}

std::vector<ClassDifference> nearest_differences(const std::vector<Baseline> &baselines,
                                                 const MachineClass &machine_class,
                                                 const Policy &policy) {
  const Baseline *nearest = nearest_baseline(baselines, machine_class, policy);
  return nearest == nullptr
             ? std::vector<ClassDifference>{}
             : differences(without_subject(nearest->machine_class, policy), machine_class);
}

GatedPhase phase_of(const Gate &gate, const std::vector<std::string> &ids) {
  if (std::ranges::find(ids, gate.phase) != ids.end())
    return {gate.phase, ""};
  std::vector<std::string> found;
  for (const std::string &id : ids)
    if (id.ends_with(" > " + gate.phase))
      found.push_back(id);
  if (found.size() == 1)
    return {found[0], ""};
  if (found.empty())
    return {gate.phase, "no launch of this session or of the baseline has this phase"};
  return {gate.phase,
          fmt::format("matches {} phases, such as \"{}\" and \"{}\"; give more of the id",
                      found.size(), found[0], found[1])};
}

std::vector<std::string> phase_ids(const std::vector<const PhaseValues *> &launches) {
  std::set<std::string> ids;
  for (const PhaseValues *launch : launches)
    for (const auto &[id, value] : *launch)
      ids.insert(id);
  return {ids.begin(), ids.end()};
}

PhaseVerdict unjudged(const Gate &gate, const std::vector<std::string> &ids) {
  PhaseVerdict phase;
  phase.tolerance = gate.tolerance;
  phase.floor = gate.floor;
  phase.where = gate.where;
  GatedPhase named = phase_of(gate, ids);
  phase.phase = std::move(named.id);
  phase.reason = std::move(named.reason);
  if (!phase.reason.empty())
    phase.verdict = Verdict::not_measured;
  return phase;
}

} // namespace bootperf
