#include "report/launches.h"

#include <map>

#include <fmt/format.h>

#include "phases/phase_id.h"

namespace bootperf {

Launches launches_of(const Session &session, const Scenario &scenario) {
  Launches launches;
  launches.title = session.comparison ? scenario.name + ", " + scenario.subject : scenario.name;
  const PhaseTree *last_failed = nullptr;
  std::size_t number = 0;
  for (const Launch &launch : session.launches) {
    const bool is_other_side = session.comparison && launch.subject != scenario.subject;
    if (launch.scenario != scenario.name || is_other_side)
      continue;
    ++number;
    if (launch.is_sample()) {
      launches.trees.push_back(&launch.phases);
    } else if (!launch.ok) {
      launches.failed.push_back({fmt::format("launch {}", number), launch.failure_phase,
                                 launch.failure, launch.last_lines});
      last_failed = &launch.phases;
    } else if (launch.warmup) {
      ++launches.warmups;
    } else {
      ++launches.rebuilds;
    }
  }
  if (launches.trees.empty() && last_failed != nullptr)
    launches.trees.push_back(last_failed);
  return launches;
}

std::vector<NotMeasured> not_measured(const std::vector<const PhaseTree *> &trees) {
  std::map<std::string, std::size_t> counts;
  for (const PhaseTree *tree : trees) {
    for (const std::string &id : tree->not_measured)
      ++counts[id];
  }
  const auto implied = [&counts](const std::string &id, std::size_t count) {
    for (std::string around = parent_of(id); !around.empty(); around = parent_of(around)) {
      const auto above = counts.find(around);
      if (above != counts.end() && above->second == count)
        return true;
    }
    return false;
  };
  std::vector<NotMeasured> result;
  for (const auto &[id, count] : counts) {
    if (!implied(id, count))
      result.push_back({id, count});
  }
  return result;
}

} // namespace bootperf
