#include <map>
#include <set>

#include <fmt/format.h>

#include "base/gzip.h"
#include "session/session_json.h"

namespace bootperf {
namespace {

using nlohmann::json;
using Problem = std::optional<JsonProblem>;

JsonPath element(JsonPath array, std::size_t index) {
  array.push_back(std::to_string(index));
  return array;
}

// More than any boot has; what walks the tree goes down by itself calling itself.
constexpr std::size_t deepest_phase = 64;
constexpr std::size_t most_scenarios = 1'000;

/// A phase that was read before.
struct Seen {
  std::size_t index = 0, depth = 0;
};

Phase read_phase(const json &value, JsonPath path, std::map<std::string, Seen> &seen,
                 Problem &problem) {
  Phase phase;
  JsonFields fields(value, std::move(path), problem);
  fields.required("id", phase.id);
  fields.required("name", phase.name);
  std::optional<std::string> parent;
  fields.optional("parent", parent);
  fields.required("start_ns", phase.start_ns);
  fields.required("wall_ns", phase.wall_ns);
  fields.required("self_ns", phase.self_ns);
  fields.optional("instructions", phase.instructions);
  fields.optional("self_instructions", phase.self_instructions);
  fields.optional("other", phase.other);
  fields.optional("repeated", phase.repeated);
  fields.optional("overlaps", phase.overlaps);
  fields.optional("unfinished", phase.unfinished);
  fields.finish();
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

Scenario read_scenario(const json &value, JsonPath path, Problem &problem) {
  Scenario scenario;
  JsonFields fields(value, std::move(path), problem);
  fields.required("name", scenario.name);
  fields.optional("subject", scenario.subject);
  fields.required("mode", scenario.mode);
  fields.optional("cold", scenario.cold);
  fields.required("keys", scenario.keys);
  fields.required("versions", scenario.versions);
  fields.finish();
  return scenario;
}

Subject read_subject(const json &value, JsonPath path, Problem &problem) {
  Subject subject;
  JsonFields fields(value, std::move(path), problem);
  fields.required("name", subject.name);
  fields.required("environment", subject.environment);
  fields.finish();
  return subject;
}

Comparison read_comparison(const json &value, const JsonPath &path, Problem &problem) {
  Comparison comparison;
  JsonFields fields(value, path, problem);
  comparison.base = read_subject(fields.object("base"), fields.path_of("base"), problem);
  comparison.head = read_subject(fields.object("head"), fields.path_of("head"), problem);
  fields.required("most_launches", comparison.most_launches);
  fields.required("most_seconds", comparison.most_seconds);
  fields.required("arguments", comparison.arguments);
  fields.finish();
  return comparison;
}

Launch read_launch(const json &value, JsonPath path, const Session &session, Problem &problem) {
  Launch launch;
  JsonFields fields(value, std::move(path), problem);
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
  fields.optional("instructions", launch.instructions);
  fields.optional("host_cpu_ns", launch.host_cpu_ns);
  fields.optional("peak_memory_bytes", launch.peak_memory_bytes);
  fields.optional("last_phase", launch.phases.last_phase);
  fields.optional("not_measured", launch.phases.not_measured);
  const json &phases = fields.array("phases");
  std::map<std::string, Seen> seen;
  for (std::size_t i = 0; i < phases.size() && !problem; ++i)
    launch.phases.phases.push_back(
        read_phase(phases[i], element(fields.path_of("phases"), i), seen, problem));
  fields.finish();
  if (const Scenario *scenario = session.scenario(launch.scenario))
    launch.cold = scenario->cold;
  else
    fields.reject("scenario", fmt::format("there is no scenario \"{}\"", launch.scenario));
  return launch;
}

} // namespace

Session session_from(const json &value, const JsonPath &path, Problem &problem) {
  Session session;
  JsonFields fields(value, path, problem);
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
  if (value.contains("comparison"))
    session.comparison =
        read_comparison(fields.object("comparison"), fields.path_of("comparison"), problem);
  const json &scenarios = fields.array("scenarios");
  if (scenarios.size() > most_scenarios)
    fields.reject("scenarios", fmt::format("expected at most {} scenarios", most_scenarios));
  for (std::size_t i = 0; i < scenarios.size() && !problem; ++i) {
    const JsonPath at = element(fields.path_of("scenarios"), i);
    Scenario scenario = read_scenario(scenarios[i], at, problem);
    if (!problem && session.scenario(scenario.name, scenario.subject))
      problem = JsonProblem{at, fmt::format("duplicate scenario \"{}\"", scenario.name)};
    session.scenarios.push_back(std::move(scenario));
  }
  const json &launches = fields.array("launches");
  for (std::size_t i = 0; i < launches.size() && !problem; ++i)
    session.launches.push_back(
        read_launch(launches[i], element(fields.path_of("launches"), i), session, problem));
  fields.finish();
  return session;
}

Result<Session> parse_session(std::string_view text, const std::string &name) {
  const Result<json> document = parse_json(text, name);
  if (!document)
    return tl::unexpected(document.error());
  if (document->is_object() && document->contains("sessions"))
    return fail(ErrorKind::input, "expected one session; this is a set of them (bootperf merge)",
                {name, 1, 0});
  Problem problem;
  Session session = session_from(*document, {}, problem);
  if (problem)
    return tl::unexpected(to_error(*problem, text, name));
  return session;
}

Result<Session> read_session(const std::string &path) {
  const Result<std::string> text = read_packed_file(path, max_session_bytes);
  if (!text)
    return tl::unexpected(text.error());
  return parse_session(*text, path);
}

} // namespace bootperf
