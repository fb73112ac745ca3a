#include "cli/gate_launches.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "base/text.h"
#include "cli/more_launches.h"
#include "session/scenario_name.h"

namespace bootperf {
namespace {

// A count holds beside other launches and with cold caches, and a launch that built the appliance
// or asked for its symbols is repeated anyway. Wall time needs a machine of its own and a warm-up.
LaunchOptions first_of(const GateLaunches &asked, const std::string &scenario,
                       const Policy &policy) {
  LaunchOptions launch = asked.of(scenario);
  const bool counted = is_counted(scenario);
  if (launch.launches < 0)
    launch.launches = counted ? policy.counted_launches : policy.launches;
  if (counted) {
    launch.jobs = asked.jobs_for(static_cast<std::size_t>(std::max(1, launch.launches)));
    launch.warmup = std::max(0, launch.warmup);
  }
  return launch;
}

// What an earlier gate left under the same name must not be judged in place of this one.
std::string id_of(const std::string &file) {
  const Result<Session> session = read_session(file);
  return session ? session->id : "";
}

/// The verdict comes first, and the launches are told behind it.
constexpr ChildOutput output = ChildOutput::only_errors;

/// Launches of a scenario more. Where they could not be made the session has fewer, and the outcome
/// says so; what nothing can be made of is an error.
Result<MoreLaunches> more_of(Session session, const LaunchOptions &launch, const Policy &policy) {
  Result<MoreLaunches> added =
      add_launches(std::move(session), launch, launch.launches, launch.jobs, output, policy);
  if (!added)
    return added;
  if (!added->outcome)
    return tl::unexpected(added->outcome.error());
  if (*added->outcome == ExitCode::interrupted)
    return fail(ErrorKind::interrupted, "interrupted; the session holds the earlier launches");
  if (*added->outcome == ExitCode::wrong_input)
    return fail(ErrorKind::usage,
                "no launch of " + printable(launch.scenarios.front()) + " was made");
  return added;
}

} // namespace

bool is_counted(const std::string &scenario) {
  return mode_of_scenario(scenario) == "counted";
}

std::vector<std::string> GateLaunches::scenarios_of(const Policy &policy) const {
  std::vector<std::string> asked = asked_scenarios(*this);
  return asked.empty() ? policy.scenarios : asked;
}

int GateLaunches::jobs_for(std::size_t launches) const {
  if (jobs_given)
    return jobs;
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  return static_cast<int>(std::min({cores, launches, std::size_t{256}}));
}

LaunchOptions GateLaunches::of(const std::string &scenario) const {
  LaunchOptions launch = *this;
  launch.mode.clear();
  launch.scenarios = {scenario};
  return launch;
}

Result<FirstLaunches> make_first_launches(const GateLaunches &asked,
                                          const std::vector<std::string> &scenarios,
                                          const Policy &policy) {
  const std::string before = id_of(asked.output);
  const Result<ExitCode> launched =
      launch_benchmarks(first_of(asked, scenarios.front(), policy), output);
  if (!launched)
    return tl::unexpected(launched.error());
  if (*launched == ExitCode::wrong_input || *launched == ExitCode::interrupted)
    return FirstLaunches{*launched, std::nullopt};
  Result<Session> session = read_session(asked.output);
  if (!session || session->id == before)
    return fail(ErrorKind::not_measured, "no launch was made, so there is nothing to check");
  FirstLaunches made{*launched, std::move(*session)};
  for (std::size_t i = 1; i < scenarios.size(); ++i) {
    Result<MoreLaunches> added =
        more_of(std::move(*made.session), first_of(asked, scenarios[i], policy), policy);
    if (!added)
      return tl::unexpected(added.error());
    made.session = std::move(added->session);
    if (*added->outcome != ExitCode::pass)
      made.outcome = *added->outcome;
  }
  return made;
}

Result<Session> with_one_more_of_each(Session session, const std::vector<std::string> &scenarios,
                                      const GateLaunches &asked, const Policy &policy) {
  for (const std::string &scenario : scenarios) {
    if (!is_counted(scenario) || asked.launches >= 0)
      continue;
    LaunchOptions once = asked.of(scenario);
    once.launches = 1;
    Result<MoreLaunches> added = more_of(std::move(session), once, policy);
    if (!added)
      return tl::unexpected(added.error());
    session = std::move(added->session);
  }
  return session;
}

} // namespace bootperf
