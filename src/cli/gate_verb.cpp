#include "cli/verbs.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "campaign/launch_source.h"
#include "cli/check_options.h"
#include "cli/kept_profiles.h"
#include "cli/launch_options.h"
#include "cli/more_launches.h"
#include "cli/named_functions.h"
#include "cli/new_baseline.h"
#include "cli/profiled_launches.h"
#include "report/launch/progress.h"

namespace bootperf {
namespace {

constexpr const char *standard_session = "bootperf.gate.json";

struct GateOptions {
  LaunchOptions launch;
  CheckFlags flags;
  NewBaseline new_baseline = NewBaseline::none;
  bool profile = true;     ///< head is launched once more when work regressed, to name functions
  bool jobs_given = false; ///< else counted launches are made as many at a time as there are cores
};

// A gate of a fixed number of launches was asked for, or wall time is measured, where three
// launches tell no more than two.
bool may_launch_again(const GateOptions &asked) {
  return asked.launch.mode == "counted" && asked.launch.launches < 0;
}

int jobs_for(const GateOptions &asked, std::size_t launches) {
  if (asked.jobs_given)
    return asked.launch.jobs;
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  return static_cast<int>(std::min({cores, launches, std::size_t{256}}));
}

// A count holds beside other launches and with cold caches, and a launch that built the appliance
// or asked for its symbols is repeated anyway. Wall time needs a machine of its own and a warm-up.
LaunchOptions first_launches(const GateOptions &asked, const Policy &policy) {
  LaunchOptions launch = asked.launch;
  const bool counted = launch.mode == "counted";
  if (launch.launches < 0)
    launch.launches = counted ? policy.counted_launches : policy.launches;
  if (counted) {
    launch.jobs = jobs_for(asked, static_cast<std::size_t>(std::max(1, launch.launches)));
    launch.warmup = std::max(0, launch.warmup);
  }
  return launch;
}

ChildOutput beside_report(const CheckFlags &flags) {
  return flags.format == "text" ? ChildOutput::inherited : ChildOutput::to_standard_error;
}

Result<Session> with_one_more(Session session, const GateOptions &asked, const Policy &policy) {
  Result<MoreLaunches> added = add_launches(std::move(session), asked.launch, 1, asked.launch.jobs,
                                            beside_report(asked.flags), policy);
  if (!added)
    return tl::unexpected(added.error());
  if (!added->outcome)
    return tl::unexpected(added->outcome.error());
  if (*added->outcome == ExitCode::interrupted)
    return fail(ErrorKind::interrupted, "interrupted; the session holds the earlier launches");
  return std::move(added->session);
}

// What an earlier gate left under the same name must not be judged in place of this one.
std::string id_of(const std::string &file) {
  const Result<Session> session = read_session(file);
  return session ? session->id : "";
}

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
    const int jobs = jobs_for(asked, launches);
    write_error(announcement(session, launches, jobs));
    Result<MoreLaunches> added =
        add_launches(std::move(session), asked.launch, static_cast<int>(launches), jobs,
                     ChildOutput::only_errors, policy);
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

/// What was published ends in a baseline, or in why there is none.
Result<void> record_baseline(Session session, const std::string &scenario, const GateOptions &asked,
                             const Policy &policy) {
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
  const Result<Session> complete =
      with_baseline_launches(std::move(session), scenario, *enough, asked, policy);
  if (!complete)
    return tl::unexpected(complete.error());
  const Result<WrittenBaseline> written =
      write_new_baseline(*complete, scenario, policy, asked.flags.directory,
                         candidate_directory(asked.launch.output), asked.new_baseline);
  if (!written)
    return tl::unexpected(written.error());
  std::string sentence = to_text(*written);
  if (!asked.launch.environment.empty())
    sentence += " (it was made from what --env names)";
  return publish_remark(sentence, asked.flags);
}

/// One launch more of what the gate has launched, in the same way.
Result<Profile> profiled_head(const Session &session, const GateOptions &asked) {
  const Result<Rules> rules = load_rules(asked.launch.rules.string());
  if (!rules)
    return tl::unexpected(rules.error());
  LaunchRequest request = request_of(asked.launch, Mode::counted, asked.launch.environment);
  request.deadline = profiled_deadline(session, request.deadline);
  LaunchSource source;
  return profiled_once(source.launcher(), request, *rules, "head");
}

void name_functions_of_gate(CheckReport &report, const Session &session,
                            const Thresholds &thresholds, const GateOptions &asked) {
  ProfiledSubject launch = launches_nothing;
  if (asked.profile && asked.launch.replay.empty())
    launch = keeping(
        [&](const std::string &, const Scenario &) { return profiled_head(session, asked); },
        asked.launch.output, session);
  name_functions_of_check(report, session, thresholds.baselines, thresholds.policy,
                          asked.flags.directory, launch);
}

/// The end of a gate whose class has no baseline.
Result<ExitCode> first_run(Session session, CheckReport report, const Thresholds &thresholds,
                           const GateOptions &asked) {
  const std::vector<ScenarioCheck> advisory =
      checks_against_nearest(report, session, thresholds, asked.flags);
  const ScenarioCheck *check = recordable(report, session);
  const std::string scenario = check == nullptr ? "" : check->scenario;
  report.checks.insert(report.checks.end(), advisory.begin(), advisory.end());
  Result<void> said = publish(report, asked.flags);
  if (said && asked.new_baseline != NewBaseline::none && !scenario.empty())
    said = record_baseline(std::move(session), scenario, asked, thresholds.policy);
  else if (said && asked.new_baseline != NewBaseline::none)
    said = publish_remark("no baseline was recorded: wall time against a baseline is advisory "
                          "until ten sessions are stored; within one session, `bootperf "
                          "compare` decides by wall time",
                          asked.flags);
  return said.map([&] { return report.exit; });
}

Result<ExitCode> gate(GateOptions asked) {
  const CheckFlags &flags = asked.flags;
  const Result<Thresholds> thresholds = load_thresholds(flags.directory);
  if (!thresholds)
    return tl::unexpected(thresholds.error());
  const Policy &policy = thresholds->policy;
  const Result<SessionFile> session_file = take_session(asked.launch, standard_session);
  if (!session_file)
    return tl::unexpected(session_file.error());
  if (const Result<void> apart = check_summary(flags, {asked.launch.output}); !apart)
    return tl::unexpected(apart.error());
  const std::string before = id_of(asked.launch.output);

  const LaunchOptions first = first_launches(asked, policy);
  Result<ExitCode> launched = launch_benchmarks(first, beside_report(flags));
  if (!launched || *launched == ExitCode::wrong_input || *launched == ExitCode::interrupted)
    return launched;
  Result<Session> session = read_session(first.output);
  if (!session || session->id == before)
    return fail(ErrorKind::not_measured, "no launch was made, so there is nothing to check");

  CheckReport report = check(*session, first.output, *thresholds, flags);
  for (int made = first.launches;
       may_launch_again(asked) && undecided(report) && made < policy.counted_most; ++made) {
    session = with_one_more(std::move(*session), asked, policy);
    if (!session)
      return tl::unexpected(session.error());
    report = check(*session, first.output, *thresholds, flags);
  }
  if (std::ranges::any_of(report.checks, &ScenarioCheck::without_baseline))
    return first_run(std::move(*session), std::move(report), *thresholds, asked);
  name_functions_of_gate(report, *session, *thresholds, asked);
  const bool unmeasured = *launched == ExitCode::not_measured && report.exit == ExitCode::pass;
  return publish(report, flags).map([&] {
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
  options->launch.mode = "counted";
  CLI::App *verb = add_verb(
      program, "gate",
      "Launch the appliance and check it: run and check in one. Counted launches, two of them and "
      "a third when two do not decide, without a warm-up and as many at a time as there are cores, "
      "unless --mode, --launches, --warmup or --jobs say otherwise. If "
      "this class of machine has no baseline, one is recorded, and the next run is checked against "
      "it. When work regressed, head is launched once more to name the functions",
      {"bootperf gate",
       "bootperf gate --env LIBGUESTFS_PATH=/tmp/mine --env LIBGUESTFS_CACHEDIR=/tmp/mine/cache",
       "bootperf gate --mode quiet --launches 10 --thresholds /tmp/t --same-session"});
  add_launch_options(*verb, options->launch, standard_session);
  add_check_flags(*verb, options->flags);
  add_new_baseline_flags(*verb, *place);
  add_no_profile_flag(*verb);
  verbs.push_back({verb, [options, place, verb] {
                     options->new_baseline = place_of(*verb, *place);
                     options->profile = wants_profile(*verb);
                     options->jobs_given = verb->count("--jobs") > 0;
                     options->flags.name_update_command =
                         options->new_baseline == NewBaseline::none ||
                         options->launch.mode != "counted" || options->flags.metric == "wall";
                     return gate(*options);
                   }});
}

} // namespace bootperf
