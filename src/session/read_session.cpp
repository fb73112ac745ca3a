#include <map>
#include <set>

#include <fmt/format.h>

#include "base/document_kind.h"
#include "base/gzip.h"
#include "base/json_fields.h"
#include "session/session_json.h"

namespace bootperf {
namespace {

using Problem = std::optional<JsonProblem>;

// More than any boot has; what walks the tree goes down by itself calling itself.
constexpr std::size_t deepest_phase = 64;
constexpr std::size_t most_scenarios = 1'000;
constexpr std::uint64_t most_at_once = 10'000;

/// A phase that was read before.
struct Seen {
  std::size_t index = 0, depth = 0;
};

void read_stalls(JsonFields &fields, Stalls &stalls, const char *StallKey::*name) {
  for (const StallKey &key : stall_keys)
    fields.optional(key.*name, stalls.*key.value);
}

std::optional<LongestWait> read_longest_wait(JsonFields &fields, Problem &problem) {
  const auto object = fields.object("longest_wait", false);
  if (!object)
    return std::nullopt;
  LongestWait wait;
  JsonFields inner(*object, problem);
  inner.required("after", wait.after);
  inner.required("before", wait.before);
  inner.required("waiting_ns", wait.waiting_ns);
  inner.finish();
  return wait;
}

Phase read_phase(JsonValue value, std::map<std::string, Seen> &seen, Problem &problem) {
  Phase phase;
  JsonFields fields(value, problem);
  fields.required("id", phase.id);
  fields.required("name", phase.name);
  std::optional<std::string> parent;
  fields.optional("parent", parent);
  fields.required("start_ns", phase.start_ns);
  fields.required("wall_ns", phase.wall_ns);
  fields.required("self_ns", phase.self_ns);
  fields.optional("instructions", phase.instructions);
  fields.optional("self_instructions", phase.self_instructions);
  read_stalls(fields, phase.stalls, &StallKey::in_phase);
  read_stalls(fields, phase.self_stalls, &StallKey::self_time);
  if (phase.stalls.spinning.value_or(0) > phase.instructions.value_or(0))
    fields.reject("spinning", "expected at most the instructions of the phase");
  phase.longest_wait = read_longest_wait(fields, problem);
  fields.optional("other", phase.other);
  fields.optional("repeated", phase.repeated);
  fields.optional("overlaps", phase.overlaps);
  fields.optional("unfinished", phase.unfinished);
  std::optional<std::string> clock;
  fields.optional("clock", clock);
  fields.finish();
  if (clock) {
    const auto known = clock_from_text(*clock);
    if (!known)
      fields.reject("clock", "expected \"host\", \"guest\" or \"none\"");
    phase.clock = known.value_or(TimeSource::none);
  }
  if (parent) {
    const auto found = seen.find(*parent);
    if (found == seen.end())
      fields.reject("parent", "expected the id of a phase that comes before this one");
    else
      phase.parent = found->second.index;
  } else if (!seen.empty()) {
    fields.reject("parent", "missing: only the first phase, the root, has no parent");
  }
  const std::size_t depth = phase.parent ? seen.at(*parent).depth + 1 : 0;
  if (depth > deepest_phase)
    fields.reject("parent", fmt::format("phases nested more than {} levels deep", deepest_phase));
  if (phase.id.empty())
    fields.reject("id", "expected a non-empty id");
  if (!seen.emplace(phase.id, Seen{seen.size(), depth}).second)
    fields.reject("id", fmt::format("duplicate phase \"{}\"", phase.id));
  return phase;
}

Scenario read_scenario(JsonValue value, Problem &problem) {
  Scenario scenario;
  JsonFields fields(value, problem);
  fields.required("name", scenario.name);
  fields.optional("subject", scenario.subject);
  fields.required("mode", scenario.mode);
  fields.optional("cold", scenario.cold);
  fields.required("keys", scenario.keys);
  fields.required("versions", scenario.versions);
  fields.finish();
  return scenario;
}

Subject read_subject(JsonValue value, Problem &problem) {
  Subject subject;
  JsonFields fields(value, problem);
  fields.required("name", subject.name);
  fields.required("environment", subject.environment);
  fields.optional("appliance", subject.appliance);
  fields.finish();
  return subject;
}

Comparison read_comparison(JsonValue value, Problem &problem) {
  Comparison comparison;
  JsonFields fields(value, problem);
  if (const auto base = fields.object("base"))
    comparison.base = read_subject(*base, problem);
  if (const auto head = fields.object("head"))
    comparison.head = read_subject(*head, problem);
  fields.required("most_launches", comparison.most_launches);
  fields.required("most_seconds", comparison.most_seconds);
  fields.required("arguments", comparison.arguments);
  fields.finish();
  return comparison;
}

LeverTrial read_trial(JsonValue value, std::set<std::string> &seen, Problem &problem) {
  LeverTrial trial;
  JsonFields fields(value, problem);
  fields.required("lever", trial.lever);
  fields.required("actor", trial.actor);
  fields.required("what", trial.what);
  fields.required("adopt", trial.adopt);
  fields.optional("refused", trial.refused);
  fields.optional("uncounted", trial.uncounted);
  fields.optional("less_work", trial.less_work);
  if (trial.lever.empty() || trial.lever == "base")
    fields.reject("lever", "expected a non-empty name other than base");
  if (!seen.insert(trial.lever).second)
    fields.reject("lever", fmt::format("duplicate lever \"{}\"", trial.lever));
  fields.finish();
  return trial;
}

WhatIf read_what_if(JsonValue value, Problem &problem) {
  WhatIf what_if;
  JsonFields fields(value, problem);
  fields.required("launches", what_if.launches);
  fields.required("base_launches", what_if.base_launches);
  fields.required("arguments", what_if.arguments);
  fields.optional("levers", what_if.levers);
  fields.optional("floor_refused", what_if.floor_refused);
  std::set<std::string> levers;
  for (const JsonValue trial : fields.array("trials")) {
    if (problem)
      break;
    what_if.trials.push_back(read_trial(trial, levers, problem));
  }
  fields.finish();
  return what_if;
}

CapacityRun read_capacity(JsonValue value, Problem &problem) {
  CapacityRun capacity;
  JsonFields fields(value, problem);
  fields.optional("ended", capacity.ended);
  for (const JsonValue each : fields.array("levels")) {
    if (problem)
      break;
    CapacityLevelRun level;
    JsonFields inner(each, problem);
    inner.required("at_once", level.at_once);
    inner.required("elapsed_ns", level.elapsed_ns);
    if (level.at_once == 0 || level.at_once > most_at_once)
      inner.reject("at_once", fmt::format("expected 1 to {}", most_at_once));
    inner.finish();
    capacity.levels.push_back(level);
  }
  fields.finish();
  return capacity;
}

Launch read_launch(JsonValue value, const Session &session, Problem &problem) {
  Launch launch;
  JsonFields fields(value, problem);
  fields.required("scenario", launch.scenario);
  fields.required("subject", launch.subject);
  fields.required("started", launch.started);
  fields.optional("block", launch.block);
  fields.optional("warmup", launch.warmup);
  fields.required("ok", launch.ok);
  fields.optional("appliance_rebuilt", launch.appliance_rebuilt);
  fields.optional("failure", launch.failure);
  fields.optional("failure_phase", launch.failure_phase);
  fields.optional("last_lines", launch.last_lines);
  fields.required("wall_ns", launch.wall_ns);
  fields.optional("timed", launch.timed);
  fields.optional("instructions", launch.instructions);
  read_stalls(fields, launch.stalls, &StallKey::in_phase);
  fields.optional("host_cpu_ns", launch.host_cpu_ns);
  fields.optional("peak_memory_bytes", launch.peak_memory_bytes);
  fields.optional("last_phase", launch.phases.last_phase);
  fields.optional("not_measured", launch.phases.not_measured);
  std::map<std::string, Seen> seen;
  for (const JsonValue phase : fields.array("phases")) {
    if (problem)
      break;
    launch.phases.phases.push_back(read_phase(phase, seen, problem));
  }
  fields.finish();
  if (const Scenario *scenario = session.scenario(launch.scenario))
    launch.cold = scenario->cold;
  else
    fields.reject("scenario", fmt::format("there is no scenario \"{}\"", launch.scenario));
  return launch;
}

} // namespace

Session session_from(JsonValue value, Problem &problem) {
  Session session;
  JsonFields fields(value, problem);
  std::uint64_t version = 0;
  fields.required("session", version);
  if (version != 1)
    fields.reject("session", "expected 1, the version of this format");
  fields.required("id", session.id);
  if (session.id.empty())
    fields.reject("id", "expected a non-empty id");
  fields.required("commit", session.commit);
  fields.required("created", session.created);
  fields.required("seed", session.seed);
  fields.required("host", session.host);
  fields.required("environment", session.environment);
  fields.required("warnings", session.warnings);
  if (const auto comparison = fields.object("comparison", false))
    session.comparison = read_comparison(*comparison, problem);
  if (const auto what_if = fields.object("what_if", false))
    session.what_if = read_what_if(*what_if, problem);
  if (const auto capacity = fields.object("capacity", false))
    session.capacity = read_capacity(*capacity, problem);
  const std::vector<JsonValue> scenarios = fields.array("scenarios");
  if (scenarios.size() > most_scenarios)
    fields.reject("scenarios", fmt::format("expected at most {} scenarios", most_scenarios));
  for (const JsonValue each : scenarios) {
    Scenario scenario = read_scenario(each, problem);
    if (!problem && session.scenario(scenario.name, scenario.subject))
      problem = JsonProblem{each, {}, fmt::format("duplicate scenario \"{}\"", scenario.name)};
    if (problem)
      break;
    session.scenarios.push_back(std::move(scenario));
  }
  for (const JsonValue launch : fields.array("launches")) {
    if (problem)
      break;
    session.launches.push_back(read_launch(launch, session, problem));
  }
  fields.finish();
  return session;
}

bool is_session_set(JsonValue document) {
  return document.is_object() && document.find("sessions").has_value();
}

Result<Session> parse_session(std::string_view text, const std::string &name) {
  const Result<JsonDocument> document = parse_json(text, name);
  if (!document)
    return tl::unexpected(document.error());
  if (is_session_set(document->root()))
    return fail(ErrorKind::input, "expected one session; this is a set of them (bootperf merge)",
                {name, 1, 0});
  if (const std::string kind = document_kind(document->root());
      !kind.empty() && !document->root().find("session"))
    return fail(ErrorKind::input, "expected a session; this is " + kind, {name, 1, 0});
  Problem problem;
  Session session = session_from(document->root(), problem);
  if (problem)
    return tl::unexpected(document->error(*problem));
  return session;
}

Result<Session> read_session(const std::string &path) {
  const Result<std::string> text = read_packed_file(path, max_session_bytes);
  if (!text)
    return tl::unexpected(text.error());
  return parse_session(*text, path);
}

} // namespace bootperf
