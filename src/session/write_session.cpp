#include <string>

#include <nlohmann/json.hpp>

#include "base/gzip.h"
#include "base/text.h"
#include "session/session.h"

namespace bootperf {
namespace {

// Keys in the order of writing, and one launch or phase a line: the file is read by people too.
using Json = nlohmann::ordered_json;

std::string line(const Json &value) {
  // Text from a console may hold bytes that are no UTF-8; they must not make a session unwritable.
  // And it may be written to standard output.
  return printable_json(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Json phase_json(const Phase &phase, const PhaseTree &tree) {
  Json out = {{"id", phase.id}, {"name", phase.name}};
  if (phase.parent)
    out["parent"] = tree.phases[*phase.parent].id;
  out["start_ns"] = phase.start_ns;
  out["wall_ns"] = phase.wall_ns;
  out["self_ns"] = phase.self_ns;
  if (phase.instructions)
    out["instructions"] = *phase.instructions;
  if (phase.self_instructions)
    out["self_instructions"] = *phase.self_instructions;
  add_stalls(out, phase.stalls, &StallKey::in_phase);
  add_stalls(out, phase.self_stalls, &StallKey::self_time);
  if (phase.longest_wait)
    out["longest_wait"] = {{"after", phase.longest_wait->after},
                           {"before", phase.longest_wait->before},
                           {"waiting_ns", phase.longest_wait->waiting_ns}};
  // What is false is left out: most phases are none of these.
  if (phase.other)
    out["other"] = true;
  if (phase.repeated)
    out["repeated"] = true;
  if (phase.overlaps)
    out["overlaps"] = true;
  if (phase.unfinished)
    out["unfinished"] = true;
  if (phase.clock != TimeSource::host)
    out["clock"] = to_text(phase.clock);
  return out;
}

Json launch_json(const Launch &launch) {
  Json out = {{"scenario", launch.scenario},
              {"subject", launch.subject},
              {"started", launch.started},
              {"warmup", launch.warmup},
              {"ok", launch.ok},
              {"appliance_rebuilt", launch.appliance_rebuilt}};
  if (launch.block)
    out["block"] = *launch.block;
  if (!launch.ok) {
    out["failure"] = launch.failure;
    out["failure_phase"] = launch.failure_phase;
    out["last_lines"] = launch.last_lines;
  }
  out["wall_ns"] = launch.wall_ns;
  if (!launch.timed)
    out["timed"] = false;
  if (launch.instructions)
    out["instructions"] = *launch.instructions;
  add_stalls(out, launch.stalls, &StallKey::in_phase);
  if (launch.host_cpu_ns)
    out["host_cpu_ns"] = *launch.host_cpu_ns;
  if (launch.peak_memory_bytes)
    out["peak_memory_bytes"] = *launch.peak_memory_bytes;
  if (!launch.phases.last_phase.empty())
    out["last_phase"] = launch.phases.last_phase;
  out["not_measured"] = launch.phases.not_measured;
  return out;
}

/// "head, then "phases": [ one a line ]}"
std::string launch_text(const Launch &launch) {
  std::string out = line(launch_json(launch));
  out.pop_back(); // the closing brace: the phases follow
  out += ", \"phases\": [";
  const char *separator = "\n";
  for (const Phase &phase : launch.phases.phases) {
    out += separator + line(phase_json(phase, launch.phases));
    separator = ",\n";
  }
  return out + "]}";
}

Json subject_json(const Subject &subject) {
  Json out = {{"name", subject.name}, {"environment", subject.environment}};
  if (!subject.appliance.empty())
    out["appliance"] = subject.appliance;
  return out;
}

Json comparison_json(const Comparison &comparison) {
  return {{"base", subject_json(comparison.base)},
          {"head", subject_json(comparison.head)},
          {"most_launches", comparison.most_launches},
          {"most_seconds", comparison.most_seconds},
          {"arguments", comparison.arguments}};
}

Json trial_json(const LeverTrial &trial) {
  Json json = {
      {"lever", trial.lever}, {"actor", trial.actor}, {"what", trial.what}, {"adopt", trial.adopt}};
  if (!trial.refused.empty())
    json["refused"] = trial.refused;
  if (!trial.uncounted.empty())
    json["uncounted"] = trial.uncounted;
  if (!trial.less_work.empty())
    json["less_work"] = trial.less_work;
  return json;
}

Json what_if_json(const WhatIf &what_if) {
  Json trials = Json::array();
  for (const LeverTrial &trial : what_if.trials)
    trials.push_back(trial_json(trial));
  Json json = {{"launches", what_if.launches},
               {"base_launches", what_if.base_launches},
               {"arguments", what_if.arguments},
               {"trials", trials}};
  if (!what_if.levers.empty())
    json["levers"] = what_if.levers;
  if (!what_if.floor_refused.empty())
    json["floor_refused"] = what_if.floor_refused;
  return json;
}

Json capacity_json(const CapacityRun &capacity) {
  Json levels = Json::array();
  for (const CapacityLevelRun &level : capacity.levels)
    levels.push_back({{"at_once", level.at_once}, {"elapsed_ns", level.elapsed_ns}});
  Json json = {{"levels", levels}};
  if (!capacity.ended.empty())
    json["ended"] = capacity.ended;
  return json;
}

Json scenario_json(const Scenario &scenario) {
  return {{"name", scenario.name}, {"subject", scenario.subject}, {"mode", scenario.mode},
          {"cold", scenario.cold}, {"keys", scenario.keys},       {"versions", scenario.versions}};
}

} // namespace

std::string to_json(const Session &session) {
  std::string out = "{\"session\": 1";
  const auto add = [&](const char *key, const Json &value) {
    out += std::string(",\n\"") + key + "\": " + line(value);
  };
  add("id", session.id);
  add("commit", session.commit);
  add("created", session.created);
  add("seed", session.seed);
  add("host", session.host);
  add("environment", session.environment);
  add("warnings", session.warnings);
  if (session.comparison)
    add("comparison", comparison_json(*session.comparison));
  if (session.what_if)
    add("what_if", what_if_json(*session.what_if));
  if (session.capacity)
    add("capacity", capacity_json(*session.capacity));
  out += ",\n\"scenarios\": [";
  const char *separator = "\n";
  for (const Scenario &scenario : session.scenarios) {
    out += separator + line(scenario_json(scenario));
    separator = ",\n";
  }
  out += "],\n\"launches\": [";
  separator = "\n";
  for (const Launch &launch : session.launches) {
    out += separator + launch_text(launch);
    separator = ",\n";
  }
  return out + "]}\n";
}

Result<void> write_session(const std::string &path, const Session &session) {
  return write_packed_file(path, to_json(session));
}

} // namespace bootperf
