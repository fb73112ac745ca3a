#include "selftest/traces.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "phases/phase_tree.h"
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

std::vector<std::size_t> shuffled_indexes(std::size_t count, Random &random) {
  std::vector<std::size_t> indexes(count);
  std::iota(indexes.begin(), indexes.end(), std::size_t{0});
  shuffle(indexes, random);
  return indexes;
}

/// So many launches that follow each other, sessions run together; fewer when there are fewer.
std::vector<PhaseValues> neighbours(const Traces &traces, std::size_t count, Random &random) {
  std::vector<PhaseValues> all;
  for (const std::vector<PhaseValues> &session : traces.sessions)
    all.insert(all.end(), session.begin(), session.end());
  count = std::min(count, all.size());
  const auto first = static_cast<std::ptrdiff_t>(random.below(all.size() - count + 1));
  return {all.begin() + first, all.begin() + first + static_cast<std::ptrdiff_t>(count)};
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
  for (const Gate &gate : policy.gates(traces.metric, {traces.mode, traces.scenario})) {
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

Draw draw_blocks(const Traces &traces, std::size_t blocks, Random &random) {
  Draw draw;
  for (const std::size_t index : shuffled_indexes(traces.sessions.size(), random)) {
    const std::vector<PhaseValues> &session = traces.sessions[index];
    // An odd launch at either end has no neighbour.
    const std::size_t first = session.size() % 2 == 1 ? random.below(2) : 0;
    for (std::size_t i = first; i + 1 < session.size() && draw.base.size() < blocks; i += 2) {
      const bool is_base_first = random.below(2) == 0;
      draw.base.push_back(session[i + (is_base_first ? 0 : 1)]);
      draw.head.push_back(session[i + (is_base_first ? 1 : 0)]);
    }
  }
  return draw;
}

Draw draw_batches(const Traces &traces, std::size_t each, Random &random) {
  const std::vector<PhaseValues> run = neighbours(traces, 2 * each, random);
  const auto half = run.begin() + static_cast<std::ptrdiff_t>(run.size() / 2);
  return {{run.begin(), half}, {half, run.end()}};
}

Draw draw_held_out(const Traces &traces, std::size_t head, Random &random) {
  const std::size_t held_out = random.below(traces.sessions.size());
  Draw draw;
  for (std::size_t i = 0; i < traces.sessions.size(); ++i)
    if (i != held_out)
      draw.base.insert(draw.base.end(), traces.sessions[i].begin(), traces.sessions[i].end());
  const std::vector<PhaseValues> &session = traces.sessions[held_out];
  const std::size_t count = std::min(head, session.size());
  const auto first = static_cast<std::ptrdiff_t>(random.below(session.size() - count + 1));
  draw.head = {session.begin() + first,
               session.begin() + first + static_cast<std::ptrdiff_t>(count)};
  return draw;
}

Draw draw_shuffled(const Traces &traces, std::size_t base, std::size_t head, Random &random) {
  std::vector<PhaseValues> run = neighbours(traces, base + head, random);
  shuffle(run, random);
  const auto split = run.begin() + static_cast<std::ptrdiff_t>(std::min(base, run.size()));
  return {{run.begin(), split}, {split, run.end()}};
}

} // namespace bootperf
