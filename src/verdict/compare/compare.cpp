#include "verdict/compare/compare.h"

#include <algorithm>
#include <iterator>

namespace bootperf {
namespace {

bool is_counted(const Scenario &scenario, const CompareOptions &options) {
  return options.metric ? *options.metric == Metric::instructions : scenario.mode == "counted";
}

/// What is judged and advisory was recorded apart; the rest no policy gates.
bool is_any_judged(const CheckReport &report) {
  return std::ranges::any_of(report.checks, [](const ScenarioCheck &check) {
    return check.verdict != Verdict::not_measured;
  });
}

} // namespace

std::vector<std::string> compared_scenarios(const Session &session) {
  std::vector<std::string> names;
  for (const Scenario &scenario : session.scenarios)
    if (scenario.subject == "head" && session.scenario(scenario.name, "base"))
      names.push_back(scenario.name);
  return names;
}

CheckReport compare_session(const Session &session, const Policy &policy,
                            const CompareOptions &options) {
  CheckReport report;
  report.session = session.id;
  report.seed = session.seed;
  std::vector<std::string> by_wall;
  for (const std::string &name : compared_scenarios(session)) {
    if (is_counted(*session.scenario(name), options))
      report.checks.push_back(compare_counted(session, name, policy));
    else
      by_wall.push_back(name);
  }
  if (!by_wall.empty())
    std::ranges::move(compare_blocks(session, by_wall, policy, options),
                      std::back_inserter(report.checks));
  std::vector<Verdict> deciding;
  for (const ScenarioCheck &check : report.checks)
    if (!check.advisory)
      deciding.push_back(check.verdict);
  report.exit = combined_exit_code(deciding);
  if (report.checks.empty())
    report.reason = "no scenario has launches of base and of head";
  else if (deciding.empty() && options.recorded_apart && is_any_judged(report)) {
    report.exit = ExitCode::inconclusive;
    report.reason = "no verdict: every comparison is advisory";
  } else if (deciding.empty())
    report.reason = "no verdict: the policy gates no phase of these modes";
  return report;
}

bool all_decided(const CheckReport &report) {
  return !report.checks.empty() &&
         std::ranges::all_of(report.checks, [](const ScenarioCheck &check) {
           return check.advisory || (check.comparison && check.comparison->decided);
         });
}

} // namespace bootperf
