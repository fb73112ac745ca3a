#include "cli/verbs.h"

#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>
#include <tuple>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "base/text.h"
#include "campaign/launch_source.h"
#include "campaign/recording.h"
#include "campaign/subject_cache.h"
#include "capture/facts/versions.h"
#include "capture/launcher/sweep.h"
#include "cli/check_context.h"
#include "cli/compare_options.h"
#include "cli/comparison_run.h"
#include "cli/kept_profiles.h"
#include "cli/launch_options.h"
#include "cli/profiled_launches.h"
#include "cli/recorded_comparison.h"
#include "cli/thresholds.h"
#include "session/new_session.h"
#include "session/session_file.h"
#include "session/session_set.h"
#include "statistics/block_test.h"
#include "statistics/interim_looks.h"
#include "verdict/compare/compare.h"

namespace bootperf {
namespace {

Result<ComparisonPlan> plan_of(const CompareAsked &asked, const Comparison &comparison) {
  ComparisonPlan plan;
  for (const std::string &mode : asked.modes)
    plan.scenarios["Launch/" + mode] = mode_from_text(mode).value_or(Mode::traced);
  plan.warmup = asked.warmup;
  plan.jobs = asked.machine.jobs;
  const std::tuple<const char *, const Subject &, const ApplianceOfSubject &> subjects[] = {
      {"base", comparison.base, asked.base_appliance},
      {"head", comparison.head, asked.head_appliance}};
  for (const auto &[role, subject, appliance] : subjects) {
    auto environment = with_own_cache(role, subject.environment);
    if (!environment)
      return tl::unexpected(environment.error());
    LaunchRequest request = request_of(asked.machine, Mode::traced, *environment);
    appliance.apply_to(request);
    plan.requests[role] = std::move(request);
  }
  return plan;
}

bool same_subject(const Subject &one, const Subject &other) {
  return one.environment == other.environment && one.appliance == other.appliance;
}

Session fresh_session(const CompareAsked &asked, const Policy &policy) {
  Comparison comparison;
  comparison.base = {asked.base, asked.base_environment, asked.base_appliance.keys()};
  comparison.head = {asked.head, asked.head_environment, asked.head_appliance.keys()};
  const Budget budget =
      budget_from_text(asked.budget)
          .value_or(Budget{static_cast<std::uint64_t>(policy.compare_launches), 0});
  const InterimLook counted = all_counted_rounds();
  comparison.most_launches =
      asked.modes.front() == "counted" ? counted.base + counted.head : budget.launches;
  comparison.most_seconds = budget.seconds;
  comparison.arguments = launch_arguments(asked);
  Session session = new_session(comparison.head.environment);
  session.seed = asked.seed.value_or(session.seed);
  session.comparison = std::move(comparison);
  return session;
}

/// Two launches a mode are the least that make a block, and there is an end to what more are worth.
Result<void> check_blocks(const Session &session, const CompareAsked &asked) {
  const Comparison &comparison = *session.comparison;
  if (comparison.most_seconds == 0 && comparison.most_launches < 2 * asked.modes.size())
    return fail(ErrorKind::usage,
                fmt::format("a --budget of {} launches is less than one block, which takes {}",
                            comparison.most_launches, 2 * asked.modes.size()));
  if (comparison.most_launches > most_blocks * 2 * asked.modes.size())
    return fail(ErrorKind::usage,
                fmt::format("a --budget of {} launches is more than {} blocks, which take {}: more "
                            "show nothing more",
                            comparison.most_launches, most_blocks,
                            most_blocks * 2 * asked.modes.size()));
  return {};
}

Result<Session> session_to_go_on_with(CompareAsked &asked) {
  Result<Session> session = read_session(asked.resume);
  if (!session)
    return session;
  if (!session->comparison || session->comparison->arguments.empty())
    return fail(ErrorKind::input, "this session was not made by bootperf compare",
                {asked.resume, 0, 0});
  asked.output = asked.resume;
  if (const auto read = read_launch_arguments(session->comparison->arguments, asked); !read)
    return tl::unexpected(read.error());
  return session;
}

void name_functions_of_run(CheckReport &report, const Session &session, const std::string &path,
                           const ComparisonPlan &plan, bool may_launch, Launcher &launcher,
                           const Rules &rules) {
  ProfiledSubject launch = launches_nothing;
  if (may_launch)
    launch = keeping(
        [&](const std::string &subject, const Scenario &scenario) {
          if (subject == "base") // the first of the two
            tell_verdict(report, scenario.name);
          LaunchRequest request = plan.requests.at(subject);
          request.mode = Mode::counted;
          request.deadline = profiled_deadline(session, request.deadline);
          return profiled_once(launcher, request, rules, subject);
        },
        path, session);
  name_functions_of_comparison(report, session, launch);
}

Result<CheckReport> launch(CompareAsked asked, Session session, const Policy &policy) {
  if (const auto enough = check_blocks(session, asked); !enough)
    return tl::unexpected(enough.error());
  Result<ComparisonPlan> plan = plan_of(asked, *session.comparison);
  if (!plan)
    return tl::unexpected(plan.error());
  const Result<Rules> rules = load_rules(asked.machine.rules.string());
  if (!rules)
    return tl::unexpected(rules.error());
  const Result<SessionFile> session_file = take_session(
      asked.output, standard_comparison, asked.force, asked.resume, {asked.machine.rules});
  if (!session_file)
    return tl::unexpected(session_file.error());
  const Result<ScratchDirectory> scratch = ScratchDirectory::make(scratch_place());
  if (!scratch)
    return tl::unexpected(scratch.error());

  LaunchSource source;
  RecordingPlaces places{.session = asked.output,
                         .logs = asked.machine.logs.empty() ? scratch->path() : asked.machine.logs,
                         .warnings = [&source] { return source.warnings(); }};
  if (same_subject(session.comparison->base, session.comparison->head))
    write_error(
        "NOTE: base and head are the same subject: no --base-env, --head-network or the like "
        "tells them apart, so this shows how steady the machine is and nothing else\n");
  for (const auto &[role, request] : plan->requests)
    places.versions[role] = component_versions(request.environment);
  Recording recording(source.launcher(), *rules, std::move(places), std::move(session));
  const bool terminal = isatty(STDERR_FILENO) == 1;
  ComparisonDisplay display(std::cerr, terminal, text_style(surroundings_of(STDERR_FILENO)));
  Result<CheckReport> report = ComparisonRun(*plan, policy, recording, display).run();
  display.clear();
  if (report)
    name_functions_of_run(*report, recording.session(), asked.output, *plan, asked.profile,
                          source.launcher(), *rules);
  if (!recording.session().launches.empty())
    write_error("session: " + printable(asked.output) + "\n");
  if (!report && report.error().kind == ErrorKind::interrupted)
    write_error("`bootperf compare --resume " + printable(asked.output) + "` goes on from here\n");
  return report;
}

/// Where -o is given, what was compared is one session there.
Result<void> keep(const Session &session, const CompareAsked &asked) {
  if (asked.output.empty())
    return {};
  const Result<SessionFile> file =
      SessionFile::take(asked.output, asked.force ? Existing::replaced : Existing::refused);
  return file ? write_session(asked.output, session) : Result<void>(tl::unexpected(file.error()));
}

Result<CheckReport> from_recorded(const CompareAsked &asked, const Policy &policy,
                                  const CompareOptions &options) {
  const Result<RecordedComparison> recorded =
      read_sessions(asked.recorded).and_then([&](const std::vector<Session> &sessions) {
        return recorded_comparison(sessions, asked.recorded);
      });
  if (!recorded)
    return tl::unexpected(recorded.error());
  if (const Result<void> kept = keep(recorded->session, asked); !kept)
    return tl::unexpected(kept.error());
  CompareOptions as_made = options;
  as_made.recorded_apart = recorded->apart;
  const bool is_one = asked.recorded.size() == 1;
  return compare_recorded(recorded->session, is_one ? asked.recorded.front() : asked.output, policy,
                          as_made);
}

/// What comes to the same again: the same launches decide, or they are made as these were.
std::vector<std::string> compare_command(const CompareAsked &asked) {
  std::vector<std::string> words = {"bootperf", "compare"};
  if (!asked.recorded.empty())
    words.emplace_back("--recorded");
  std::ranges::copy(asked.recorded.empty() ? launch_arguments(asked) : asked.recorded,
                    std::back_inserter(words));
  return words;
}

Result<ExitCode> run(CompareAsked asked) {
  if (const auto valid = validate(asked); !valid)
    return tl::unexpected(valid.error());
  const Result<Policy> policy = policy_in(asked.check.directory);
  if (!policy)
    return tl::unexpected(policy.error());
  std::vector<std::string> files = asked.recorded;
  files.insert(files.end(), {asked.output, asked.resume});
  std::erase(files, "");
  if (const Result<void> apart = check_summary(asked.check, files); !apart)
    return tl::unexpected(apart.error());
  if (const Result<void> apart =
          refuse_inputs(asked.output, {asked.recorded.begin(), asked.recorded.end()});
      !apart)
    return tl::unexpected(apart.error());
  CompareOptions options;
  options.metric = metric_from_text(asked.check.metric);
  Result<CheckReport> report = [&]() -> Result<CheckReport> {
    if (!asked.recorded.empty())
      return from_recorded(asked, *policy, options);
    if (asked.resume.empty())
      return launch(asked, fresh_session(asked, *policy), *policy);
    Result<Session> session = session_to_go_on_with(asked);
    if (!session)
      return tl::unexpected(session.error());
    return launch(asked, std::move(*session), *policy);
  }();
  if (!report)
    return tl::unexpected(report.error());
  const CheckContext context =
      context_of_comparison(*report, asked.check, compare_command(asked), actions_run());
  return publish(*report, context, asked.check).map([&] { return report->exit; });
}

} // namespace

void add_compare(CLI::App &program, Verbs &verbs) {
  const auto asked = std::make_shared<CompareAsked>();
  CLI::App *verb =
      add_verb(program, "compare",
               "Launch two subjects in turn on this machine and tell whether head is slower than "
               "base; stops "
               "as soon as every gated phase is decided. When the work of counted launches "
               "regressed, each is launched once more to name the functions",
               {"bootperf compare --base v1 --base-env LIBGUESTFS_PATH=/tmp/v1 \\",
                "                 --head v2 --head-env LIBGUESTFS_PATH=/tmp/v2 -o compare.json",
                "bootperf compare --mode counted --jobs 2 --head-env "
                "LIBGUESTFS_HV=/opt/qemu/bin/qemu-system-x86_64",
                "bootperf compare --mode counted --head-network   what a network costs",
                "bootperf compare --mode traced --mode quiet --budget 20min --head-env "
                "LIBGUESTFS_APPEND=quiet",
                "bootperf compare --resume compare.json           goes on after an interruption",
                "bootperf compare --recorded base.json head.json  from sessions recorded before"});
  add_compare_options(*verb, *asked);
  add_no_profile_flag(*verb);
  verbs.push_back({verb, [asked, verb] {
                     asked->profile = wants_profile(*verb);
                     return run(*asked);
                   }});
}

} // namespace bootperf
