#include "cli/imported_session.h"

#include <algorithm>
#include <chrono>
#include <map>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/text.h"
#include "session/collect.h"
#include "session/copies.h"
#include "session/new_session.h"

namespace bootperf {
namespace {

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

// A text's launches were made by whoever wrote it, and need not be alike: each is a scenario.
std::string scenario_name(const BootLog &log, const ImportLabels &labels) {
  if (!labels.scenario.empty())
    return labels.scenario;
  return "Launch/" + log.value("mode") + log.which;
}

} // namespace

Result<Session> session_of_logs(std::vector<BootLog> logs, const ImportLabels &labels,
                                const Rules &rules) {
  Session session = empty_session();
  std::map<std::uint64_t, std::string> names; // of the logs, by their launch's content
  for (BootLog &log : logs) {
    fill_in(log, labels.keys);
    if (log.value("mode").empty())
      return fail(ErrorKind::input,
                  "neither the header nor the log tells the mode: give it with --class mode=traced",
                  {log.name, 1, 0});
    LaunchLabel label;
    label.scenario = scenario_name(log, labels);
    label.started = log.value("started");
    const Launch launch = to_launch(log, rules.split(log), label);
    if (const auto content = content_of(launch)) {
      const auto [known, is_new] = names.try_emplace(*content, log.name);
      if (!is_new)
        return fail(ErrorKind::usage,
                    fmt::format("this is the launch of {} once more: a copy tells nothing that its "
                                "original did not",
                                printable(known->second)),
                    {log.name, 0, 0});
    }
    if (Result<void> added = add_scenario(session, log, label.scenario); !added)
      return tl::unexpected(added.error());
    if (!log.times.empty())
      session.warnings.push_back(
          fmt::format("{}: read from text; times: {}", printable(log.name), log.times));
    session.launches.push_back(launch);
  }
  return session;
}

} // namespace bootperf
