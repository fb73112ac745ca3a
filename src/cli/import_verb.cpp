#include "cli/verbs.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/clock.h"
#include "base/text.h"
#include "phases/rules.h"
#include "session/collect.h"
#include "session/new_session.h"

namespace bootperf {
namespace {

struct ImportOptions {
  std::vector<std::string> logs;
  std::string output;
  std::vector<std::string> keys; ///< "K=V"
  std::string scenario;
  std::string rules;
};

std::string check_assignment(const std::string &text) {
  const std::size_t equals = text.find('=');
  return equals == 0 || equals == std::string::npos ? "expected KEY=VALUE, not " + text : "";
}

// What the log itself says wins: it was there.
void fill_in(BootLog &log, const std::vector<std::string> &keys) {
  for (const std::string &assignment : keys) {
    const std::size_t equals = assignment.find('=');
    std::string &value = log.environment[assignment.substr(0, equals)];
    if (value.empty())
      value = assignment.substr(equals + 1);
  }
}

// Launches of one scenario are averaged and compared, so they must have been made alike. A log
// that lacks a key (a launch that failed before it was known) contradicts nothing.
Result<void> merge(std::map<std::string, std::string> &into,
                   const std::map<std::string, std::string> &from, const Scenario &scenario,
                   const BootLog &log) {
  for (const auto &[key, value] : from) {
    const auto [known, is_new] = into.try_emplace(key, value);
    if (!is_new && known->second != value)
      return fail(ErrorKind::input,
                  fmt::format("{} is \"{}\" here and \"{}\" in an earlier log of the scenario {}: "
                              "import them into separate sessions",
                              printable(key), printable(value), printable(known->second),
                              printable(scenario.name)),
                  {log.name, 1, 0});
  }
  return {};
}

Result<void> add_scenario(Session &session, const BootLog &log, const std::string &name) {
  const Scenario found = scenario_from(log, name);
  const auto known = std::find_if(session.scenarios.begin(), session.scenarios.end(),
                                  [&](const Scenario &scenario) { return scenario.name == name; });
  if (known == session.scenarios.end()) {
    session.scenarios.push_back(found);
    return {};
  }
  if (known->mode != found.mode)
    return merge(known->keys, {{"mode", found.mode}}, *known, log);
  if (Result<void> merged = merge(known->keys, found.keys, *known, log); !merged)
    return merged;
  return merge(known->versions, found.versions, *known, log);
}

Session empty_session() {
  const auto now = std::chrono::system_clock::now();
  Session session;
  session.created = utc_text(now);
  session.seed = fresh_seed();
  session.id = session_id(now, session.seed);
  return session;
}

Result<void> check_output(const ImportOptions &options) {
  for (const std::string &log : options.logs) {
    std::error_code error;
    if (std::filesystem::equivalent(log, options.output, error))
      return fail(ErrorKind::usage, "the session would overwrite a boot log", {log, 0, 0});
  }
  return {};
}

Result<Session> session_of(const ImportOptions &options, const Rules &rules) {
  Session session = empty_session();
  for (const std::string &file : options.logs) {
    Result<BootLog> log = read_boot_log(file);
    if (!log)
      return tl::unexpected(log.error());
    fill_in(*log, options.keys);
    if (log->value("mode").empty())
      return fail(ErrorKind::input, "the header names no mode: give it with --class mode=traced",
                  {file, 1, 0});
    LaunchLabel label;
    label.scenario = options.scenario.empty() ? "Launch/" + log->value("mode") : options.scenario;
    label.started = log->value("started");
    if (Result<void> added = add_scenario(session, *log, label.scenario); !added)
      return tl::unexpected(added.error());
    session.launches.push_back(to_launch(*log, rules.split(*log), label));
  }
  return session;
}

Result<ExitCode> import_logs(const ImportOptions &options) {
  if (const Result<void> checked = check_output(options); !checked)
    return tl::unexpected(checked.error());
  const Result<Rules> rules = load_rules(options.rules);
  if (!rules)
    return tl::unexpected(rules.error());
  const Result<Session> session = session_of(options, *rules);
  if (!session)
    return tl::unexpected(session.error());
  if (const Result<void> written = write_session(options.output, *session); !written)
    return tl::unexpected(written.error());

  const auto failed = std::count_if(session->launches.begin(), session->launches.end(),
                                    [](const Launch &launch) { return !launch.ok; });
  return write_output(fmt::format("{}: session {}, {} launches, {} of them failed\n",
                                  printable(options.output), session->id, session->launches.size(),
                                  failed))
      .map([] { return ExitCode::pass; });
}

} // namespace

void add_import(CLI::App &program, Verbs &verbs) {
  const auto options = std::make_shared<ImportOptions>();
  CLI::App *verb = add_verb(
      program, "import", "Make a session from boot logs recorded elsewhere, in the order given",
      {"bootperf import first.jsonl second.jsonl -o session.json",
       "bootperf import *.jsonl -o session.json --class cpu_model='EPYC 7763' --class os=debian-12",
       "bootperf import log.jsonl -o session.json --scenario Launch/nightly"});
  verb->add_option("LOG", options->logs, "Boot logs")->required();
  verb->add_option("-o,--output", options->output, "The session file")->required();
  verb->add_option("--class", options->keys,
                   "KEY=VALUE for a key that a log's header lacks; repeatable")
      ->check(check_assignment)
      ->allow_extra_args(false);
  verb->add_option("--scenario", options->scenario, "The scenario's name (Launch/MODE)");
  verb->add_option("--rules", options->rules, "Phase rules in place of those shipped inside");
  verbs.push_back({verb, [options] { return import_logs(*options); }});
}

} // namespace bootperf
