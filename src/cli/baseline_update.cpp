#include "cli/baseline_update.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/files.h"
#include "base/text.h"
#include "cli/check_options.h"
#include "cli/output.h"
#include "report/check/formats.h"
#include "report/text/words.h"
#include "session/session_set.h"
#include "verdict/baseline/baseline.h"
#include "verdict/baseline/update.h"

namespace bootperf {
namespace {

/// One baseline to be written.
struct Target {
  std::string scenario;
  Metric metric = Metric::wall;
  std::vector<Session> sessions; ///< those that have samples for it
};

bool has_value(const Launch &launch, const std::string &scenario, Metric metric) {
  return launch.scenario == scenario && launch.is_sample() &&
         (metric == Metric::wall || launch.instructions.has_value());
}

// Counted launches wait for nothing, so their wall time is no measure of anything.
bool judged_by(const Scenario &scenario, Metric metric) {
  return scenario.mode != "counted" || metric == Metric::instructions;
}

std::vector<Target> targets_of(const std::vector<Session> &sessions,
                               const BaselineUpdateOptions &options) {
  std::set<std::string> names;
  for (const Session &session : sessions) {
    for (const Scenario &scenario : session.scenarios) {
      if (options.scenario.empty() || options.scenario == scenario.name)
        names.insert(scenario.name);
    }
  }
  const auto only = metric_from_text(options.metric);
  std::vector<Target> targets;
  for (const std::string &name : names) {
    for (const Metric metric : {Metric::wall, Metric::instructions}) {
      Target target{name, metric, {}};
      for (const Session &session : sessions) {
        const Scenario *scenario = session.scenario(name);
        if (scenario == nullptr || (only ? *only != metric : !judged_by(*scenario, metric)))
          continue;
        if (std::any_of(session.launches.begin(), session.launches.end(),
                        [&](const Launch &launch) { return has_value(launch, name, metric); }))
          target.sessions.push_back(session);
      }
      if (!target.sessions.empty())
        targets.push_back(std::move(target));
    }
  }
  return targets;
}

Result<std::optional<Baseline>> existing_baseline(const Target &target,
                                                  const Thresholds &thresholds) {
  const MachineClass wanted = machine_class(*target.sessions.front().scenario(target.scenario),
                                            target.metric, thresholds.policy);
  const auto found = baselines_of(thresholds.baselines, wanted, thresholds.policy);
  if (found.size() > 1)
    return fail(
        ErrorKind::input,
        fmt::format("{} is of the same class: one of the two has to go", printable(found[1]->file)),
        {found[0]->file, 0, 0});
  if (found.empty())
    return std::optional<Baseline>();
  return std::optional<Baseline>(*found.front());
}

Result<void> refuse_regressions(const Target &target, const Baseline &existing,
                                const Policy &policy, const std::string &directory) {
  if (target.metric == Metric::wall)
    return {};
  CheckOptions options;
  options.metric = target.metric;
  options.directory = directory;
  for (const Session &session : target.sessions) {
    CheckReport report = check_session(session, {existing}, policy, options);
    std::erase_if(report.checks, [&](const ScenarioCheck &check) {
      return check.scenario != target.scenario || check.verdict != Verdict::regressed;
    });
    if (report.checks.empty())
      continue;
    write_error(check_text(report, {}));
    return fail(ErrorKind::input,
                fmt::format("session {} has regressed against this baseline; when that is "
                            "intended: --accept REASON",
                            printable(session.id)),
                {existing.file, 0, 0});
  }
  return {};
}

Result<Baseline> updated(const Target &target, const Thresholds &thresholds,
                         const BaselineUpdateOptions &options) {
  const auto looked_up = existing_baseline(target, thresholds);
  if (!looked_up)
    return tl::unexpected(looked_up.error());
  const std::optional<Baseline> &existing = *looked_up;
  if (existing && options.accept.empty()) {
    const Result<void> steady =
        refuse_regressions(target, *existing, thresholds.policy, options.directory);
    if (!steady)
      return tl::unexpected(steady.error());
  }
  BaselineUpdate update;
  update.scenario = target.scenario;
  update.metric = target.metric;
  update.date = utc_text(std::chrono::system_clock::now()).substr(0, 10);
  update.accept = options.accept;
  Result<Baseline> baseline = update_baseline(existing, target.sessions, thresholds.policy, update);
  if (baseline && baseline->file.empty())
    baseline->file =
        (std::filesystem::path(options.directory) / baseline_file_name(baseline->machine_class))
            .string();
  return baseline;
}

} // namespace

Result<ExitCode> baseline_update(const BaselineUpdateOptions &options) {
  const Result<Thresholds> thresholds = load_thresholds(options.directory);
  if (!thresholds)
    return tl::unexpected(thresholds.error());
  const Result<std::vector<Session>> sessions = read_sessions(options.sessions);
  if (!sessions)
    return tl::unexpected(sessions.error());

  std::vector<Baseline> baselines;
  for (const Target &target : targets_of(*sessions, options)) {
    Result<Baseline> baseline = updated(target, *thresholds, options);
    if (!baseline)
      return tl::unexpected(baseline.error());
    baselines.push_back(std::move(*baseline));
  }
  if (baselines.empty())
    return fail(ErrorKind::not_measured, "the sessions hold no launch to make a baseline of");

  std::string text;
  for (const Baseline &baseline : baselines) {
    if (const Result<void> written = replace_file(baseline.file, to_yaml(baseline)); !written)
      return tl::unexpected(written.error());
    text += fmt::format("{}: {}\n", printable(baseline.file),
                        extent_text(baseline.launches(), baseline.sessions.size()));
  }
  return write_output(text).map([] { return ExitCode::pass; });
}

} // namespace bootperf
