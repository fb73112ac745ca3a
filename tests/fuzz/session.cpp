#include "fuzz/checking.h"
#include "fuzz/targets.h"
#include "report/launch/formats.h"
#include "report/launch/launches.h"
#include "session/session_set.h"

namespace bootperf::fuzz {
namespace {

void require_good_to_show(const Session &session) {
  std::vector<Launches> scenarios;
  for (const Scenario &scenario : session.scenarios)
    scenarios.push_back(launches_of(session, scenario));
  for (const Launches &launches : scenarios)
    require_safe_text(timeline(launches, file_style) + launch_notes(launches, file_style));
  require_good_json(launches_json(scenarios));
  require_safe_text(launches_csv(scenarios));
  require_good_json(perfetto_trace(session, {}));
}

// Against what the session itself would store: where anything can be measured, it is.
std::vector<Baseline> own_baselines(const Session &session, const Policy &policy) {
  std::vector<Baseline> baselines;
  for (const Scenario &scenario : session.scenarios)
    for (const Metric metric : {Metric::wall, Metric::instructions}) {
      Baseline made = synthetic::baseline({session}, scenario.name, metric, policy);
      if (!made.sessions.empty())
        baselines.push_back(std::move(made));
    }
  return baselines;
}

} // namespace

void session(std::string_view input) {
  const Result<std::vector<Session>> sessions = parse_sessions(input, "input");
  if (!sessions)
    return require_good(sessions.error());
  for (const Session &session : *sessions) {
    const std::string written = to_json(session);
    const Result<Session> again = parse_session(written, "written");
    require(again && to_json(*again) == written, "a session comes back as it was written");
    require_good_to_show(session);
    const Policy policy = synthetic::policy();
    require_good_check(session, {example_baseline()}, policy);
    Session later = session;
    later.id += " later";
    require_good_check(later, own_baselines(session, policy), policy);
  }
}

} // namespace bootperf::fuzz
