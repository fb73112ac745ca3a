#include "cli/verbs.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "cli/check_options.h"
#include "cli/imported_session.h"
#include "cli/inputs.h"
#include "cli/kept_profiles.h"
#include "cli/recorded_comparison.h"
#include "cli/what_if_options.h"
#include "cli/what_to_fix.h"
#include "profile/excerpt.h"
#include "profile/profile_json.h"
#include "profile/profile_tree.h"
#include "report/launch/formats.h"
#include "report/page/pages.h"
#include "report/text/words.h"
#include "report/whatif/formats.h"
#include "verdict/compare/compare.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

struct ReportOptions {
  std::vector<std::string> sessions; ///< one, or base and head
  std::string directory = "report";
  std::string format = "html";
  std::string logs;  ///< a directory of boot logs, or ""
  std::string rules; ///< how they are split, to tell whose they are
  CheckFlags flags;
  WhatToFix fix;            ///< by a profile, where one is given
  std::string base_profile; ///< what that is compared with, or ""
};

// A page without a verdict is still worth reading: thresholds that nobody asked for may be absent.
Result<Thresholds> thresholds_of(const ReportOptions &options, bool asked_for) {
  std::error_code error;
  if (!asked_for && !fs::exists(fs::path(options.flags.directory) / "policy.yaml", error))
    return Thresholds{};
  return load_thresholds(options.flags.directory);
}

/// Why nobody wants a verdict on a session; "" where one is wanted.
std::string nothing_judged(const Session &session, const CheckReport &report) {
  if (session.what_if)
    return "Nothing is judged here: this session tries levers, changes to the boot that is drawn "
           "below as it is. `bootperf what-if --recorded` says more of them.";
  if (session.capacity)
    return "Nothing is judged here: this session asks how many at once, which `bootperf capacity "
           "--recorded` answers.";
  const bool wanted =
      report.checks.empty() ||
      std::ranges::any_of(report.checks, std::logical_not<>(), &ScenarioCheck::ungated);
  return wanted ? "" : fmt::format("Nothing is judged here: {}.", report.checks.front().reason);
}

/// What the page says of the boot by function.
Result<ShownProfile> shown_profile(const Profile &head, const ReportOptions &options) {
  ShownProfile shown;
  shown.head = fs::path(options.fix.profile).filename().string();
  if (options.base_profile.empty()) {
    shown.tree = profile_tree(head, nullptr);
    return shown;
  }
  const Result<Profile> base = read_profile(options.base_profile);
  if (!base)
    return tl::unexpected(base.error());
  shown.base = fs::path(options.base_profile).filename().string();
  // One that is committed names fewer functions.
  const Profile as_head = excerpted_like(*base, head);
  shown.tree = profile_tree(excerpted_like(head, *base), &as_head);
  return shown;
}

Result<void> add_profile(PageContents &contents, const ReportOptions &options) {
  const Result<Profile> profile = read_profile(options.fix.profile);
  if (!profile)
    return tl::unexpected(profile.error());
  const Result<Suggestions> suggestions = what_to_fix_in(contents.session, *profile, options.fix);
  if (!suggestions)
    return tl::unexpected(suggestions.error());
  contents.suggestions = shown_suggestions(*suggestions, options.fix.levers, file_style);
  contents.suggestions->sentence += " By the profile " + printable(options.fix.profile) + ".";
  return shown_profile(*profile, options).map([&](ShownProfile shown) {
    contents.profile = std::move(shown);
  });
}

Result<std::string> page(const ReportOptions &options, const RecordedComparison &recorded,
                         bool asked_for) {
  const Session &session = recorded.session;
  const Result<Thresholds> thresholds = thresholds_of(options, asked_for);
  if (!thresholds)
    return tl::unexpected(thresholds.error());
  const std::string file = options.sessions.size() == 1 ? options.sessions.front() : "";
  CompareOptions as_made;
  as_made.recorded_apart = recorded.apart;
  const CheckReport report = session.comparison
                                 ? compare_recorded(session, file, thresholds->policy, as_made)
                                 : check_recorded(session, file, *thresholds, options.flags);
  PageContents contents{.session = session,
                        .report = report,
                        .nothing_judged = nothing_judged(session, report),
                        .baselines = thresholds->baselines};
  if (!contents.nothing_judged.empty())
    contents.report = {};
  if (session.what_if)
    if (Result<LeverRanking> ranking = rank_levers(session, what_if_error_rate))
      contents.levers = std::move(*ranking);
  if (!options.fix.profile.empty())
    if (const Result<void> added = add_profile(contents, options); !added)
      return tl::unexpected(added.error());
  return report_page(contents);
}

Result<std::string> trace(const ReportOptions &options, const Session &session) {
  if (options.logs.empty())
    return perfetto_trace(session, {});
  const Result<LaunchLines> lines = lines_of_launches(session, options.logs, options.rules);
  if (!lines)
    return tl::unexpected(lines.error());
  if (lines->empty())
    write_error(fmt::format("bootperf: no boot log in {} belongs to a launch of this session\n",
                            printable(options.logs)));
  return perfetto_trace(session, *lines);
}

// A boot log, or a launch's output as text, is a session of its own.
Result<std::vector<Session>> sessions_in(const std::string &file, const ReportOptions &options) {
  Result<Inputs> inputs = read_inputs({file});
  if (!inputs)
    return tl::unexpected(inputs.error());
  if (inputs->logs.empty())
    return std::move(inputs->sessions);
  return load_rules(options.rules)
      .and_then(
          [&](const Rules &rules) { return session_of_logs(std::move(inputs->logs), {}, rules); })
      .map([](Session session) { return std::vector{std::move(session)}; });
}

/// For people: base and head are what the files are called that they came from.
void name_sides(Session &session, const std::vector<std::string> &files) {
  if (!session.comparison || files.size() != 2)
    return;
  session.comparison->base.name = fs::path(files[0]).filename().string();
  session.comparison->head.name = fs::path(files[1]).filename().string();
}

/// What the page or the trace is of: a session, or base and head.
Result<RecordedComparison> recorded_in(const ReportOptions &options) {
  std::vector<Session> sessions;
  for (const std::string &file : options.sessions) {
    Result<std::vector<Session>> more = sessions_in(file, options);
    if (!more)
      return tl::unexpected(more.error());
    std::ranges::move(*more, std::back_inserter(sessions));
  }
  if (sessions.size() == 1 && !sessions.front().comparison)
    return RecordedComparison{std::move(sessions.front()), false};
  return recorded_comparison(sessions, options.sessions).map([&](RecordedComparison recorded) {
    name_sides(recorded.session, options.sessions);
    return recorded;
  });
}

Result<ExitCode> report(const ReportOptions &options, bool asked_for) {
  const Result<RecordedComparison> recorded = recorded_in(options);
  if (!recorded)
    return tl::unexpected(recorded.error());
  const bool html = options.format == "html";
  if (!html && !options.fix.profile.empty())
    return fail(ErrorKind::usage, "--profile is for the page; a trace says nothing of functions");
  const Result<std::string> text =
      html ? page(options, *recorded, asked_for) : trace(options, recorded->session);
  if (!text)
    return tl::unexpected(text.error());
  const fs::path file = fs::path(options.directory) / (html ? "index.html" : "trace.json");
  if (const Result<void> written = replace_file(file, *text); !written)
    return tl::unexpected(written.error());
  return write_output(fmt::format("{}\n", printable(file.string()))).map([] {
    return ExitCode::pass;
  });
}

} // namespace

void add_report(CLI::App &program, Verbs &verbs) {
  const auto options = std::make_shared<ReportOptions>();
  CLI::App *verb = add_verb(
      program, "report",
      "Write a session as a page to look at (index.html), or as a trace for Perfetto (trace.json). "
      "Exits with 0 once it is written, whatever the verdict",
      {"bootperf report session.json                                      report/index.html",
       "bootperf report session.json --thresholds my/thresholds -o out    out/index.html",
       "bootperf report base.json head.json                               head against base",
       "bootperf report session.json --profile boot.profile.json.gz       what to fix first, too",
       "bootperf report base.json head.json --profile head.json.gz --base-profile base.json.gz   "
       "and "
       "which functions changed",
       "bootperf report session.json --format perfetto --logs logs        for ui.perfetto.dev"});
  verb->add_option("SESSION", options->sessions,
                   "A session file, or one of base and one of head, as `bootperf run` writes it; "
                   "also a boot log, or the output of "
                   "libguestfs-test-tool or of a tool with -v -x (- is standard input)")
      ->required()
      ->expected(1, 2);
  verb->add_option("-o,--output", options->directory, "The directory to write into (report)");
  CLI::Option *thresholds = verb->add_option(
      "--thresholds", options->flags.directory,
      "The directory of policy.yaml and the baselines (thresholds, if it is there)");
  verb->add_flag("--same-session", options->flags.same_session,
                 "The baseline was made moments before on this machine: wall time decides");
  CLI::Option *profile = verb->add_option(
      "--profile", options->fix.profile,
      "A recorded profile (bootperf profile --record): the page says what to fix first, and draws "
      "where the boot goes by phase, object and function");
  verb->add_option("--base-profile", options->base_profile,
                   "A profile of base: the page draws what changed from it to --profile")
      ->needs(profile);
  verb->add_option("--measured", options->fix.measured,
                   "What levers saved, for it: a session of bootperf what-if "
                   "(bootperf.what-if.json, where it is there)")
      ->needs(profile);
  add_levers_option(*verb, options->fix.levers)->needs(profile);
  verb->add_option("--format", options->format, "html or perfetto")
      ->check(CLI::IsMember({"html", "perfetto"}));
  verb->add_option("--logs", options->logs,
                   "Boot logs of the session's launches: their console lines go into the trace");
  verb->add_option("--rules", options->rules, "Phase rules in place of those shipped inside");
  verbs.push_back(
      {verb, [options, thresholds] { return report(*options, thresholds->count() > 0); }});
}

} // namespace bootperf
