#include "selftest/traces.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "phases/phase_id.h"
#include "verdict/policy/policy.h"

namespace bootperf {
namespace {

bool in_all(const Traces &traces, const std::string &phase) {
  return std::ranges::all_of(traces.sessions, [&](const std::vector<PhaseValues> &session) {
    return std::ranges::all_of(session,
                               [&](const PhaseValues &launch) { return launch.contains(phase); });
  });
}

double pooled_spread(const Traces &traces, const std::string &phase) {
  double squares = 0, df = 0;
  for (const std::vector<PhaseValues> &session : traces.sessions) {
    double mean = 0;
    for (const PhaseValues &launch : session)
      mean += std::log(launch.at(phase)) / static_cast<double>(session.size());
    for (const PhaseValues &launch : session)
      squares += std::pow(std::log(launch.at(phase)) - mean, 2);
    df += static_cast<double>(session.size()) - 1;
  }
  return df > 0 ? std::sqrt(squares / df) : 0;
}

} // namespace

std::size_t Traces::launches() const {
  std::size_t count = 0;
  for (const std::vector<PhaseValues> &session : sessions)
    count += session.size();
  return count;
}

Result<Traces> traces_of(const std::vector<Session> &sessions, const std::string &scenario,
                         Metric metric) {
  Traces traces;
  traces.scenario = scenario;
  traces.metric = metric;
  for (const Session &session : sessions) {
    std::vector<PhaseValues> launches;
    for (const Launch &launch : session.launches)
      if (launch.scenario == scenario && launch.is_sample())
        launches.push_back(phase_values(launch, metric));
    if (const Scenario *described = session.scenario(scenario))
      traces.mode = described->mode;
    if (launches.size() >= 2)
      traces.sessions.push_back(std::move(launches));
  }
  if (traces.sessions.empty())
    return fail(ErrorKind::not_measured,
                fmt::format("no session has two launches of {} or more", scenario));
  return traces;
}

std::vector<TracedGate> traced_gates(const Traces &traces, const Policy &policy) {
  std::vector<const PhaseValues *> launches;
  for (const std::vector<PhaseValues> &session : traces.sessions)
    for (const PhaseValues &launch : session)
      launches.push_back(&launch);
  const std::vector<std::string> ids = phase_ids(launches);
  std::vector<TracedGate> result;
  for (const Gate &gate : policy.gates(traces.metric, traces.mode)) {
    const GatedPhase named = gated_phase(gate, ids);
    if (named.reason.empty() && in_all(traces, named.id))
      result.push_back({named.id, gate, pooled_spread(traces, named.id)});
  }
  return result;
}

PhaseValues slowed(const PhaseValues &launch, const std::string &phase, double share) {
  PhaseValues result = launch;
  const auto found = launch.find(phase);
  if (found == launch.end())
    return result;
  for (std::string id = phase; !id.empty(); id = parent_of(id))
    if (const auto each = result.find(id); each != result.end())
      each->second += share * found->second;
  return result;
}

} // namespace bootperf
