#include "verdict/synthetic.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "phases/phase_tree.h"
#include "verdict/baseline/update.h"

namespace bootperf::synthetic {
namespace {

constexpr const char *order[] = {"run",
                                 "run > launch",
                                 "run > launch > kernel",
                                 "run > launch > /init",
                                 "run > launch > /init > mount",
                                 "run > launch > /init > udev",
                                 "run > launch > /init > lvm",
                                 "run > launch > guestfsd"};

} // namespace

Launch launch(const std::string &scenario, const Shape &shape, Random &random) {
  std::map<std::string, double> cost;
  for (const auto &[id, millions] : leaves()) {
    const auto factor = shape.slower.find(id);
    const double own = millions * (factor == shape.slower.end() ? 1 : factor->second) *
                       (1 + shape.spread * (2 * random.unit() - 1));
    for (std::string up = id; !up.empty(); up = parent_of(up))
      cost[up] += own;
  }
  std::map<std::string, double> waited;
  for (const auto &[id, ms] : shape.waits) {
    const double own = std::max(0.0, ms + 5 * (2 * random.unit() - 1));
    for (std::string up = id; !up.empty(); up = parent_of(up))
      waited[up] += own;
  }
  Launch result;
  result.scenario = scenario;
  result.ok = true;
  std::map<std::string, std::size_t> index;
  for (const std::string id : order) {
    if (std::ranges::find(shape.missing, id) != shape.missing.end())
      continue;
    Phase phase;
    phase.id = id;
    phase.name = id.substr(id.rfind('>') == std::string::npos ? 0 : id.rfind('>') + 2);
    if (id != "run")
      phase.parent = index[parent_of(id)];
    phase.wall_ns = static_cast<std::int64_t>(cost[id] * 1e6);
    phase.instructions = static_cast<std::uint64_t>(cost[id] * 1e6);
    if (!shape.waits.empty())
      phase.stalls.waiting_ns = static_cast<std::uint64_t>(waited[id] * 1e6);
    index[id] = result.phases.phases.size();
    result.phases.phases.push_back(std::move(phase));
  }
  return result;
}

void add_scenario(Session &session, const std::string &mode, int launches, const Shape &shape) {
  Scenario scenario;
  scenario.name = "Launch/" + mode;
  scenario.mode = mode;
  scenario.keys = {{"arch", "x86_64"}, {"accel", "tcg"},    {"cpu_model", "some CPU"},
                   {"qemu", "7.2.22"}, {"kernel", "6.1.0"}, {"os", "debian-12"}};
  scenario.versions = {{"libguestfs", "1.48.6"}, {"qemu", "7.2.22"}, {"package:bash", "5.2"}};
  Random random(std::hash<std::string>{}(session.id + mode));
  for (int i = 0; i < launches; ++i)
    session.launches.push_back(launch(scenario.name, shape, random));
  session.scenarios.push_back(std::move(scenario));
}

Session session(const std::string &id, const std::string &mode, int launches, const Shape &shape) {
  Session result;
  result.id = id;
  result.created = "2026-11-22T20:42:46Z";
  result.seed = 5;
  add_scenario(result, mode, launches, shape);
  return result;
}

Launch failed(const std::string &scenario) {
  Launch result;
  result.scenario = scenario;
  result.failure = "hung";
  result.failure_phase = "run > launch > kernel";
  return result;
}

Policy policy() {
  Policy result;
  for (const char *phase : {"launch", "kernel", "/init", "guestfsd"}) {
    Gate gate;
    gate.phase = phase;
    gate.tolerance = 0.01;
    gate.modes = {"counted"};
    result.instructions.push_back(gate);
    gate.tolerance = 0.1;
    gate.modes = {};
    result.wall.push_back(gate);
  }
  return result;
}

Baseline baseline(const std::vector<Session> &sessions, const std::string &scenario, Metric metric,
                  const Policy &with) {
  Result<Baseline> made =
      update_baseline(std::nullopt, sessions, with, {scenario, metric, "2026-11-22", ""});
  Baseline result = made ? std::move(*made) : Baseline{};
  result.file = "thresholds/" + baseline_file_name(result.machine_class);
  return result;
}

const PhaseVerdict &phase(const CheckReport &report, std::string_view id) {
  for (const PhaseVerdict &each : report.checks.at(0).phases)
    if (each.phase == id)
      return each;
  ADD_FAILURE() << "no phase " << id;
  return report.checks.at(0).phases.at(0);
}

} // namespace bootperf::synthetic
