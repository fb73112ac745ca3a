#include "cli/verbs.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "campaign/launch_source.h"
#include "cli/check_context.h"
#include "cli/check_options.h"
#include "cli/gate_launches.h"
#include "cli/kept_profiles.h"
#include "cli/more_launches.h"
#include "cli/named_functions.h"
#include "cli/new_baseline.h"
#include "cli/profiled_launches.h"
#include "report/launch/progress.h"

namespace bootperf {
namespace {

constexpr const char *standard_session = "bootperf.gate.json";

struct GateOptions {
  GateLaunches launch;
  CheckFlags flags;
  NewBaseline new_baseline = NewBaseline::none;
  bool profile = true; ///< head is launched once more when work regressed, to name functions
};

std::string announcement(const Session &session, std::size_t launches, int jobs) {
  std::int64_t longest = 0;
  for (const Launch &launch : session.launches)
    longest = std::max(longest, launch.wall_ns);
  const auto rounds = (static_cast<std::int64_t>(launches) + jobs - 1) / jobs;
  const auto time =
      std::chrono::round<std::chrono::seconds>(std::chrono::nanoseconds(longest * rounds));
  return fmt::format("\nrecording a baseline for this class: {} more launches, {} at a time, about "
                     "{} min; finished launches survive an interruption\n",
                     launches, jobs, clock_text(time));
}

std::string kept(const GateOptions &asked, const Completeness &so_far) {
  return fmt::format("no baseline was recorded; the {} finished launches are in {}",
                     so_far.launches, printable(asked.launch.output));
}

/// Launches until there are enough for a baseline. Launches that fail are made up for, within the
/// policy's limit.
Result<Session> with_baseline_launches(Session session, const std::string &scenario,
                                       std::size_t enough, const GateOptions &asked,
                                       const Policy &policy) {
  constexpr int most_rounds = 3;
  for (int round = 0; round < most_rounds; ++round) {
    const Completeness before = completeness(session, scenario, policy);
    if (before.launches >= enough)
      return session;
    const std::size_t launches = enough - before.launches;
    const int jobs = asked.launch.jobs_for(launches);
    write_error(announcement(session, launches, jobs));
    Result<MoreLaunches> added =
        add_launches(std::move(session), asked.launch.of(scenario), static_cast<int>(launches),
                     jobs, ChildOutput::only_errors, policy);
    if (!added)
      return tl::unexpected(added.error());
    session = std::move(added->session);
    const Completeness now = completeness(session, scenario, policy);
    if (added->outcome && *added->outcome == ExitCode::interrupted)
      return fail(ErrorKind::interrupted, "interrupted: " + kept(asked, now));
    if (!added->outcome)
      return fail(ErrorKind::not_measured,
                  added->outcome.error().message + ": " + kept(asked, now));
    if (static_cast<double>(now.failed) > policy.failed_launches * static_cast<double>(now.tried))
      return fail(ErrorKind::not_measured, fmt::format("{} of {} launches failed: {}", now.failed,
                                                       now.tried, kept(asked, now)));
  }
  const Completeness made = completeness(session, scenario, policy);
  if (made.launches >= enough)
    return session;
  return fail(ErrorKind::not_measured,
              fmt::format("a baseline takes {} launches with every gated phase: {}", enough,
                          kept(asked, made)));
}

/// What was published ends in a baseline, or in why there is none. The session gets the launches
/// that it takes.
Result<void> record_baseline(Session &session, const std::string &scenario,
                             const GateOptions &asked, const Policy &policy) {
  const auto enough = launches_of_new_baseline(policy);
  if (!enough)
    return publish_remark(fmt::format("no baseline was recorded: this policy's alpha and "
                                      "launches ask for more than {} launches; make it with "
                                      "`bootperf run` and `bootperf baseline update`",
                                      most_recorded_launches),
                          asked.flags);
  if (const std::string missing = completeness(session, scenario, policy).missing; !missing.empty())
    return publish_remark(fmt::format("no baseline was recorded: these launches do not measure the "
                                      "gated phase {}, so it would stay not measured with a "
                                      "baseline, too; `bootperf show {}` lists the phases",
                                      missing, asked.launch.output),
                          asked.flags);
  Result<Session> complete =
      with_baseline_launches(std::move(session), scenario, *enough, asked, policy);
  if (!complete)
    return tl::unexpected(complete.error());
  session = std::move(*complete);
  const Result<WrittenBaseline> written =
      write_new_baseline(session, scenario, policy, asked.flags.directory,
                         candidate_directory(asked.launch.output), asked.new_baseline);
  if (!written)
    return tl::unexpected(written.error());
  std::string sentence = to_text(*written);
  if (!asked.launch.environment.empty())
    sentence += " (it was made from what --env names)";
  return publish_remark(sentence, asked.flags);
}

/// A baseline for each of the scenarios, or why there is none.
Result<void> record_baselines(Session session, const std::vector<std::string> &scenarios,
                              const CheckReport &report, const GateOptions &asked,
                              const Policy &policy) {
  if (scenarios.empty())
    return publish_remark("no baseline was recorded: wall time against a baseline is advisory "
                          "until ten sessions are stored; within one session, `bootperf "
                          "compare` decides by wall time",
                          asked.flags);
  if (report.exit == ExitCode::regressed)
    return publish_remark("no baseline was recorded: another scenario regressed, and a baseline of "
                          "the same build would hide what it has in common with this one",
                          asked.flags);
  Result<void> said;
  for (const std::string &scenario : scenarios)
    said = said.and_then([&] { return record_baseline(session, scenario, asked, policy); });
  return said;
}

/// One launch more of what the gate has launched, in the same way.
Result<Profile> profiled_head(const Session &session, const Scenario &scenario,
                              const GateOptions &asked) {
  const Result<Rules> rules = load_rules(asked.launch.rules.string());
  if (!rules)
    return tl::unexpected(rules.error());
  LaunchRequest request = request_of(asked.launch, Mode::counted, asked.launch.environment);
  request.network = is_networked(scenario);
  request.deadline = profiled_deadline(session, request.deadline);
  LaunchSource source;
  return profiled_once(source.launcher(), request, *rules, "head");
}

void name_functions_of_gate(CheckReport &report, const Session &session,
                            const Thresholds &thresholds, const GateOptions &asked) {
  ProfiledSubject launch = launches_nothing;
  if (asked.profile && asked.launch.replay.empty())
    launch = keeping(
        [&](const std::string &, const Scenario &scenario) {
          tell_verdict(report, scenario.name);
          return profiled_head(session, scenario, asked);
        },
        asked.launch.output, session);
  name_functions_of_check(report, session, thresholds.baselines, thresholds.policy,
                          asked.flags.directory, launch);
}

/// What makes the same launches again, elsewhere.
std::vector<std::string> gate_command(const GateLaunches &asked) {
  std::vector<std::string> words = {"bootperf", "gate"};
  for (const std::string &scenario : asked_scenarios(asked))
    words.push_back("--scenario=" + scenario);
  if (asked.launches > 0)
    words.push_back(fmt::format("--launches={}", asked.launches));
  for (const auto &[name, value] : asked.environment)
    words.push_back("--env=" + name + "=" + value);
  GateLaunches given = asked, standard;
  std::ranges::move(arguments_of(flags_of(given), flags_of(standard)), std::back_inserter(words));
  return words;
}

Result<void> publish_gate(const CheckReport &report, const Session &session,
                          const Thresholds &thresholds, const GateOptions &asked) {
  const CheckContext context =
      context_of_check(report, session, asked.launch.output, thresholds, asked.flags,
                       gate_command(asked.launch), actions_run());
  return publish_with_launches(report, context, session, asked.launch.output, asked.flags);
}

/// The end of a gate whose class has no baseline.
Result<ExitCode> first_run(Session session, CheckReport report, const Thresholds &thresholds,
                           const GateOptions &asked) {
  const std::vector<ScenarioCheck> advisory =
      checks_against_nearest(report, session, thresholds, asked.flags);
  const std::vector<std::string> scenarios = recordable(report, session);
  report.checks.insert(report.checks.end(), advisory.begin(), advisory.end());
  Result<void> said = publish_gate(report, session, thresholds, asked);
  if (said && asked.new_baseline != NewBaseline::none)
    said = record_baselines(std::move(session), scenarios, report, asked, thresholds.policy);
  return said.map([&] { return report.exit; });
}

Result<ExitCode> gate(GateOptions asked) {
  CheckFlags &flags = asked.flags;
  const Result<Thresholds> thresholds = load_thresholds(flags.directory);
  if (!thresholds)
    return tl::unexpected(thresholds.error());
  const Policy &policy = thresholds->policy;
  const Result<SessionFile> session_file = take_session(asked.launch, standard_session);
  if (!session_file)
    return tl::unexpected(session_file.error());
  if (const Result<void> apart = check_summary(flags, {asked.launch.output}); !apart)
    return tl::unexpected(apart.error());
  flags.scenarios = asked.launch.scenarios_of(policy);
  flags.name_update_command = asked.new_baseline == NewBaseline::none || flags.metric == "wall" ||
                              !std::ranges::all_of(flags.scenarios, is_counted);

  Result<FirstLaunches> first = make_first_launches(asked.launch, flags.scenarios, policy);
  if (!first)
    return tl::unexpected(first.error());
  if (!first->session)
    return first->outcome;
  Result<Session> session = std::move(*first->session);
  CheckReport report = check(*session, asked.launch.output, *thresholds, flags);
  for (int made = policy.counted_launches; made < policy.counted_most; ++made) {
    const std::vector<std::string> again = undecided(report);
    if (again.empty())
      break;
    session = with_one_more_of_each(std::move(*session), again, asked.launch, policy);
    if (!session)
      return tl::unexpected(session.error());
    report = check(*session, asked.launch.output, *thresholds, flags);
  }
  name_functions_of_gate(report, *session, *thresholds, asked);
  if (std::ranges::any_of(report.checks, &ScenarioCheck::without_baseline))
    return first_run(std::move(*session), std::move(report), *thresholds, asked);
  const bool unmeasured = first->outcome == ExitCode::not_measured && report.exit == ExitCode::pass;
  return publish_gate(report, *session, *thresholds, asked).map([&] {
    return unmeasured ? ExitCode::not_measured : report.exit;
  });
}

void add_new_baseline_flags(CLI::App &verb, std::string &place) {
  CLI::Option *where =
      verb.add_option("--new-baseline", place,
                      "Where to record a baseline when this class of machine has none: "
                      "thresholds, or beside the session, as a candidate "
                      "(SESSION.baseline/CLASS.instructions.yaml). Default: thresholds; beside if "
                      "CI=true is set")
          ->check(CLI::IsMember({"thresholds", "beside"}));
  verb.add_flag(std::string("--no-new-baseline"))
      ->description("Record no baseline and make no launches for one; --bisect implies it")
      ->excludes(where);
}

NewBaseline place_of(const CLI::App &verb, const std::string &asked) {
  if (verb.count("--no-new-baseline") > 0 || verb.count("--bisect") > 0)
    return NewBaseline::none;
  if (!asked.empty())
    return asked == "beside" ? NewBaseline::beside_session : NewBaseline::in_thresholds;
  return default_place(std::getenv("CI"));
}

} // namespace

void add_gate(CLI::App &program, Verbs &verbs) {
  const auto options = std::make_shared<GateOptions>();
  const auto place = std::make_shared<std::string>();
  CLI::App *verb = add_verb(
      program, "gate",
      "Launch the appliance and check it: run and check in one. Launches the scenarios that the "
      "policy names, each twice and a third time when two do not decide, without a warm-up and as "
      "many at a time as there are cores, unless --mode, --scenario, --launches, --warmup or "
      "--jobs say otherwise. If this class of machine has no baseline, one is recorded, and the "
      "next run is checked against it. When work regressed, head is launched once more to name the "
      "functions",
      {"bootperf gate",
       "bootperf gate --env LIBGUESTFS_PATH=/tmp/mine --env LIBGUESTFS_CACHEDIR=/tmp/mine/cache",
       "bootperf gate --scenario Launch/counted/network",
       "bootperf gate --mode quiet --launches 10 --thresholds /tmp/t --same-session"});
  add_launch_options(*verb, options->launch, standard_session);
  add_check_flags(*verb, options->flags);
  add_quiet_flag(*verb, options->flags);
  add_full_flag(*verb, options->flags);
  add_new_baseline_flags(*verb, *place);
  add_no_profile_flag(*verb);
  verbs.push_back({verb, [options, place, verb] {
                     options->new_baseline = place_of(*verb, *place);
                     options->profile = wants_profile(*verb);
                     options->launch.jobs_given = verb->count("--jobs") > 0;
                     return gate(*options);
                   }});
}

} // namespace bootperf
