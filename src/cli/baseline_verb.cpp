#include "cli/verbs.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/clock.h"
#include "base/files.h"
#include "base/text.h"
#include "cli/check_options.h"
#include "cli/new_baseline.h"
#include "report/check/findings.h"
#include "report/check/formats.h"
#include "report/text/paint.h"
#include "report/text/words.h"
#include "session/copies.h"
#include "session/session_set.h"
#include "statistics/summary.h"
#include "verdict/baseline/baseline.h"
#include "verdict/baseline/committed_profile.h"
#include "verdict/baseline/update.h"

namespace bootperf {
namespace {

struct BaselineUpdateOptions {
  std::vector<std::string> sessions; ///< files
  std::string directory = "thresholds";
  std::string accept;   ///< "" appends
  std::string metric;   ///< "": every metric that the launches are judged by
  std::string scenario; ///< "": every one
};

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
        fmt::format("{} has the same class: remove one of the two", printable(found[1]->file)),
        {found[0]->file, 0, 0});
  if (found.empty())
    return std::optional<Baseline>();
  return std::optional<Baseline>(*found.front());
}

/// Why what a session shows is no more of the same, or "": what it did to the baseline that it
/// joins would be that the next change passes.
std::string moved(Verdict verdict) {
  return verdict == Verdict::regressed  ? "regressed"
         : verdict == Verdict::improved ? "improved"
                                        : "";
}

Result<void> refuse_what_moved(const Target &target, const Baseline &existing, const Policy &policy,
                               const std::string &directory) {
  if (target.metric == Metric::wall)
    return {};
  CheckOptions options;
  options.metric = target.metric;
  options.directory = directory;
  for (const Session &session : target.sessions) {
    CheckReport report = check_session(session, {existing}, policy, options);
    std::erase_if(report.checks, [&](const ScenarioCheck &check) {
      return check.scenario != target.scenario || moved(check.verdict).empty();
    });
    if (report.checks.empty())
      continue;
    write_error(check_text(report, {}));
    return fail(ErrorKind::input,
                fmt::format("session {} has {} against this baseline; if that is intended, give "
                            "--accept REASON",
                            printable(session.id), moved(report.checks.front().verdict)),
                {existing.file, 0, 0});
  }
  return {};
}

/// A baseline that starts anew has to be one that the gate can pass by.
Result<void> refuse_too_few(const Baseline &baseline, const Policy &policy,
                            const BaselineUpdateOptions &options) {
  const auto enough = launches_of_new_baseline(policy);
  if (!enough || baseline.launches() >= *enough)
    return {};
  return fail(ErrorKind::input,
              fmt::format("a baseline of {} launches is one that nothing can pass: it takes {}. "
                          "`bootperf run --add {} -o {}` makes those that are missing; then give "
                          "this command again",
                          baseline.launches(), *enough, *enough - baseline.launches(),
                          shell_word(options.sessions.back())));
}

Result<Baseline> updated(const Target &target, const Thresholds &thresholds,
                         const BaselineUpdateOptions &options) {
  const auto looked_up = existing_baseline(target, thresholds);
  if (!looked_up)
    return tl::unexpected(looked_up.error());
  const std::optional<Baseline> &existing = *looked_up;
  if (existing && options.accept.empty()) {
    const Result<void> steady =
        refuse_what_moved(target, *existing, thresholds.policy, options.directory);
    if (!steady)
      return tl::unexpected(steady.error());
  }
  BaselineUpdate update;
  update.scenario = target.scenario;
  update.metric = target.metric;
  update.date = utc_text(std::chrono::system_clock::now()).substr(0, 10);
  update.accept = options.accept;
  Result<Baseline> baseline = update_baseline(existing, target.sessions, thresholds.policy, update);
  if (baseline && !options.accept.empty() && target.metric == Metric::instructions)
    if (const Result<void> enough = refuse_too_few(*baseline, thresholds.policy, options); !enough)
      return tl::unexpected(enough.error());
  if (baseline && baseline->file.empty())
    baseline->file =
        (std::filesystem::path(options.directory) / baseline_file_name(baseline->machine_class))
            .string();
  return baseline;
}

/// What was accepted is missing from the profile that is there.
std::string profile_remark(const Baseline &baseline, const std::string &directory) {
  const std::string profile = profile_file_of(baseline.file);
  std::error_code error;
  if (!std::filesystem::exists(profile, error))
    return "";
  return fmt::format("{} is of before: `bootperf baseline profile --thresholds {}` renews it\n",
                     printable(profile), printable(shell_word(directory)));
}

// Updates a baseline for each scenario and metric of the sessions: all of them or, on any error,
// none. Instructions that have moved, either way, are refused without a reason: appended, they
// would widen the baseline until the next regression passes.
Result<ExitCode> baseline_update(const BaselineUpdateOptions &options) {
  const Result<Thresholds> thresholds = load_thresholds(options.directory);
  if (!thresholds)
    return tl::unexpected(thresholds.error());
  const Result<std::vector<Session>> sessions = read_sessions(options.sessions);
  if (!sessions)
    return tl::unexpected(sessions.error());
  if (const auto apart = refuse_shared_launches(*sessions, ErrorKind::input); !apart)
    return tl::unexpected(apart.error());

  std::vector<Baseline> baselines;
  for (const Target &target : targets_of(*sessions, options)) {
    Result<Baseline> baseline = updated(target, *thresholds, options);
    if (!baseline)
      return tl::unexpected(baseline.error());
    baselines.push_back(std::move(*baseline));
  }
  if (baselines.empty())
    return fail(ErrorKind::not_measured,
                "the sessions hold no launch that a baseline can be made from");

  std::string text;
  for (const Baseline &baseline : baselines) {
    if (const Result<void> written = replace_file(baseline.file, to_yaml(baseline)); !written)
      return tl::unexpected(written.error());
    text += fmt::format("{}: {}\n", printable(baseline.file),
                        extent_text(baseline.launches(), baseline.sessions.size()));
    if (!options.accept.empty())
      text += profile_remark(baseline, options.directory);
  }
  return write_output(text).map([] { return ExitCode::pass; });
}

struct BaselineShowOptions {
  std::string name; ///< the beginning of a file's name; "": every one
  std::string directory = "thresholds";
};

std::string file_name(const Baseline &baseline) {
  return std::filesystem::path(baseline.file).filename().string();
}

std::string session_line(const BaselineSession &session) {
  std::string text = fmt::format("  session {}, {}, {} launches", printable(session.id),
                                 printable(session.date), session.launches.size());
  if (!session.commit.empty())
    text += ", commit " + printable(session.commit);
  return text + '\n';
}

/// In percent of the mean; of times waited, which may be 0, as they are.
std::string spread_text(const Column &column, const Summary &summary) {
  return column.is_halt() ? value_text(summary.standard_deviation, Metric::wall)
                          : percent_text(summary.standard_deviation / summary.mean);
}

std::string phases_text(const Baseline &baseline, const TextStyle &style) {
  std::map<Column, std::vector<double>> values;
  for (const BaselineSession &session : baseline.sessions) {
    for (const auto &launch : session.launches) {
      for (const auto &[column, value] : launch)
        values[column].push_back(value);
    }
  }
  std::size_t width = 0;
  for (const auto &[column, all] : values)
    width = std::max(width, columns(column_name(column, style)));
  std::string text;
  for (const auto &[column, all] : values) {
    const Summary summary = summarise(all);
    const Metric metric = column.is_halt() ? Metric::wall : baseline.machine_class.metric;
    text += fmt::format("  {} {}  n={}", pad_right(column_name(column, style), width),
                        pad_left(value_text(summary.mean, metric), 11), summary.n);
    if (summary.n > 1)
      text += "  spread " + spread_text(column, summary);
    text += '\n';
  }
  return text;
}

std::string baseline_text(const Baseline &baseline, const TextStyle &style) {
  std::string text = printable(baseline.file) + '\n';
  text += fmt::format("  {} of {}, updated {}\n", to_text(baseline.machine_class.metric),
                      printable(baseline.scenario), printable(baseline.updated));
  for (const auto &[key, value] : baseline.machine_class.keys)
    text += fmt::format("  {}: {}\n", printable(key), printable(value));
  for (const BaselineSession &session : baseline.sessions)
    text += session_line(session);
  for (const Acceptance &accepted : baseline.accepted)
    text +=
        fmt::format("  accepted {}: {}\n", printable(accepted.date), printable(accepted.reason));
  return text + phases_text(baseline, style);
}

Error no_such(const BaselineShowOptions &options, const std::vector<Baseline> &baselines) {
  std::vector<std::string> names;
  names.reserve(baselines.size());
  for (const Baseline &baseline : baselines)
    names.push_back(file_name(baseline));
  const std::string near = nearest(options.name, names);
  return {ErrorKind::usage,
          fmt::format("no baseline in {} begins with {}{}", printable(options.directory),
                      printable(options.name),
                      near.empty() ? "; `bootperf baseline list` names them"
                                   : "; did you mean " + near + "?"),
          {}};
}

// One line a baseline. None at all is not an error, and said.
Result<ExitCode> baseline_list(const BaselineShowOptions &options) {
  const Result<std::vector<Baseline>> baselines = load_baselines(options.directory);
  if (!baselines)
    return tl::unexpected(baselines.error());
  std::string text;
  for (const Baseline &baseline : *baselines)
    text += fmt::format(
        "{}  {}, {}, updated {}\n", printable(file_name(baseline)), printable(baseline.scenario),
        extent_text(baseline.launches(), baseline.sessions.size()), printable(baseline.updated));
  if (text.empty())
    text = fmt::format("no baseline in {}; `bootperf baseline update SESSION --thresholds {}` "
                       "makes one\n",
                       printable(options.directory), printable(options.directory));
  return write_output(text).map([] { return ExitCode::pass; });
}

// Class, provenance, reasons accepted, and each phase's mean and spread. A name that no baseline
// has is a usage error that names the nearest.
Result<ExitCode> baseline_show(const BaselineShowOptions &options) {
  const Result<std::vector<Baseline>> baselines = load_baselines(options.directory);
  if (!baselines)
    return tl::unexpected(baselines.error());
  std::string text;
  for (const Baseline &baseline : *baselines) {
    if (file_name(baseline).starts_with(options.name))
      text += (text.empty() ? "" : "\n") + baseline_text(baseline, output_style());
  }
  if (text.empty() && !options.name.empty())
    return tl::unexpected(no_such(options, *baselines));
  if (text.empty())
    return baseline_list(options);
  return write_output(text).map([] { return ExitCode::pass; });
}

void add_update(CLI::App &baseline, Verbs &verbs) {
  const auto options = std::make_shared<BaselineUpdateOptions>();
  CLI::App *verb = add_verb(
      baseline, "update",
      "Add sessions to the baselines of their classes, or start these afresh with --accept",
      {"bootperf baseline update monday.json tuesday.json wednesday.json",
       "bootperf baseline update session.json --accept 'the new kernel probes more'"});
  verb->add_option("SESSION", options->sessions, "Sessions")->required();
  verb->add_option("--thresholds", options->directory,
                   "The directory of policy.yaml and the baselines (thresholds)");
  verb->add_option(
      "--accept", options->accept,
      "Why a change is intended: what was stored before is dropped, the reason is kept");
  verb->add_option("--metric", options->metric, "Only wall, or only instructions")
      ->check(CLI::IsMember({"wall", "instructions"}));
  verb->add_option("--scenario", options->scenario, "Only this scenario of the sessions");
  verbs.push_back({verb, [options] { return baseline_update(*options); }});
}

void add_show_one(CLI::App &baseline, Verbs &verbs) {
  const auto options = std::make_shared<BaselineShowOptions>();
  CLI::App *verb =
      add_verb(baseline, "show", "Show baselines: class, provenance and phases",
               {"bootperf baseline show", "bootperf baseline show x86_64-tcg-launch-counted"});
  verb->add_option("CLASS", options->name, "The beginning of a file name (every baseline)");
  verb->add_option("--thresholds", options->directory, "The directory (thresholds)");
  verbs.push_back({verb, [options] { return baseline_show(*options); }});
}

void add_list(CLI::App &baseline, Verbs &verbs) {
  const auto options = std::make_shared<BaselineShowOptions>();
  CLI::App *verb =
      add_verb(baseline, "list", "List the baselines of a directory, one a line",
               {"bootperf baseline list", "bootperf baseline list --thresholds /tmp/t"});
  verb->add_option("--thresholds", options->directory, "The directory (thresholds)");
  verbs.push_back({verb, [options] { return baseline_list(*options); }});
}

} // namespace

void add_baseline(CLI::App &program, Verbs &verbs) {
  CLI::App *baseline =
      add_verb(program, "baseline", "Manage what sessions are checked against",
               {"bootperf baseline update session.json", "bootperf baseline profile",
                "bootperf baseline show", "bootperf baseline list"});
  baseline->require_subcommand(1);
  add_update(*baseline, verbs);
  add_baseline_profile(*baseline, verbs);
  add_show_one(*baseline, verbs);
  add_list(*baseline, verbs);
}

} // namespace bootperf
