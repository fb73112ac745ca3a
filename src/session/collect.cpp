#include "session/collect.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "capture/log/fate.h"
#include "phases/lines.h"
#include "session/class_keys.h"

namespace bootperf {
namespace {

// A console line may be of any length; what a person reads of it is short.
constexpr std::size_t max_line_bytes = 500;

constexpr std::array version_keys = {"libguestfs", "supermin", "qemu",
                                     "kernel",     "seabios",  "libvirt"};
constexpr std::string_view package_prefix = "package:";

std::vector<std::string> last_lines(const BootLog &log) {
  std::vector<std::string> kept;
  const std::vector<Line> lines = assemble_lines(log.events);
  for (auto line = lines.rbegin(); line != lines.rend() && kept.size() < max_last_lines; ++line)
    if (line->source == Source::appliance && !line->text.empty())
      kept.push_back(printable(std::string_view(line->text).substr(0, max_line_bytes)));
  std::ranges::reverse(kept);
  return kept;
}

} // namespace

Launch to_launch(const BootLog &log, PhaseTree phases, const LaunchLabel &label) {
  Launch launch;
  launch.scenario = label.scenario;
  launch.subject = label.subject;
  launch.started = label.started;
  // What a launch was asked beside is known from the next one on: as with a warm-up.
  launch.warmup = label.warmup || !log.value("asked").empty();
  launch.block = label.block;
  launch.cold = label.cold || log.value("cold") == "true";
  const LaunchFate fate = fate_of(log);
  launch.ok = fate.ok;
  if (!launch.ok) {
    launch.failure = fate.reason;
    launch.failure_phase = phases.last_phase;
    launch.last_lines = last_lines(log);
  }
  if (log.end) {
    launch.appliance_rebuilt = log.end->appliance_rebuilt.value_or(false);
    launch.host_cpu_ns = log.end->host_cpu_ns;
    launch.peak_memory_bytes = log.end->peak_memory_bytes;
  }
  const auto whole = std::ranges::find(phases.phases, launch_id, &Phase::id);
  if (whole != phases.phases.end()) {
    launch.wall_ns = whole->wall_ns;
    launch.timed = whole->timed();
    launch.instructions = whole->instructions;
    launch.stalls = whole->stalls;
  }
  launch.phases = std::move(phases);
  return launch;
}

Scenario scenario_from(const BootLog &log, const std::string &name) {
  Scenario scenario;
  scenario.name = name;
  scenario.mode = log.value("mode");
  scenario.cold = log.value("cold") == "true";
  for (const ClassKey &key : class_keys)
    if (const std::string &value = log.value(key.name); !value.empty())
      scenario.keys[key.name] = value;
  for (const char *key : version_keys)
    if (const std::string &value = log.value(key); !value.empty())
      scenario.versions[key] = value;
  for (const auto &[key, value] : log.environment)
    if (key.starts_with(package_prefix))
      scenario.versions[key] = value;
  return scenario;
}

} // namespace bootperf
