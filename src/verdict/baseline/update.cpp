#include "verdict/baseline/update.h"

#include <algorithm>

#include <fmt/format.h>

#include "verdict/samples/measuring_fault.h"

namespace bootperf {
namespace {

constexpr std::size_t longest_reason = 500;

Baseline start(const std::optional<Baseline> &existing, const BaselineUpdate &update) {
  Baseline baseline;
  if (existing)
    baseline = *existing;
  baseline.updated = update.date;
  baseline.scenario = update.scenario;
  if (!update.accept.empty()) {
    baseline.sessions.clear();
    baseline.accepted.push_back({update.date, update.accept});
  }
  return baseline;
}

Result<void> append(Baseline &baseline, const Session &session, const Policy &policy,
                    const BaselineUpdate &update) {
  const Location where{session.id};
  const Scenario *scenario = session.scenario(update.scenario);
  if (!scenario)
    return fail(ErrorKind::not_measured,
                fmt::format("the session has no scenario \"{}\"", update.scenario), where);
  const MachineClass found = machine_class(*scenario, update.metric, policy);
  if (baseline.machine_class.keys.empty())
    baseline.machine_class = found;
  const MachineClass wanted = without_subject(baseline.machine_class, policy);
  if (wanted != found)
    return fail(ErrorKind::input,
                "the session is of another class than the baseline: " +
                    (wanted.metric != found.metric ? "another metric"
                                                   : to_text(differences(wanted, found))),
                where);
  if (std::ranges::find(baseline.sessions, session.id, &BaselineSession::id) !=
      baseline.sessions.end())
    return fail(ErrorKind::input, "the session is in the baseline already", where);
  if (const std::string fault =
          measuring_fault(sample_launches(session, update.scenario), update.metric);
      !fault.empty())
    return fail(ErrorKind::not_measured, fault, where);
  BaselineSession values = baseline_session(session, *scenario, update.metric);
  if (values.launches.empty())
    return fail(ErrorKind::not_measured,
                fmt::format("no launch of \"{}\" in the session has a value for {}",
                            update.scenario, to_text(update.metric)),
                where);
  for (const BaselineSession &known : baseline.sessions)
    if (shares_a_launch(known, values))
      return fail(ErrorKind::input,
                  fmt::format("the baseline holds a launch of this session already, as one of "
                              "session {}: a copy tells nothing that its original did not",
                              known.id),
                  where);
  baseline.sessions.push_back(std::move(values));
  return {};
}

} // namespace

Result<Baseline> update_baseline(const std::optional<Baseline> &existing,
                                 const std::vector<Session> &sessions, const Policy &policy,
                                 const BaselineUpdate &update) {
  if (sessions.empty())
    return fail(ErrorKind::usage, "a baseline needs at least one session");
  if (update.accept.size() > longest_reason)
    return fail(ErrorKind::usage,
                fmt::format("the reason is longer than {} bytes", longest_reason));
  Baseline baseline = start(existing, update);
  for (const Session &session : sessions)
    if (const Result<void> appended = append(baseline, session, policy, update); !appended)
      return tl::unexpected(appended.error());
  if (to_yaml(baseline).size() > max_baseline_bytes)
    return fail(ErrorKind::input, "the baseline would grow past 1 MiB: start again with --accept, "
                                  "from the newest sessions");
  return baseline;
}

} // namespace bootperf
