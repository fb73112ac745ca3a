#include "cli/check_options.h"

#include <algorithm>
#include <cstring>
#include <fstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "cli/command_line.h"
#include "cli/inputs.h"
#include "report/check/formats.h"
#include "report/launch/formats.h"
#include "report/launch/longest.h"
#include "report/text/escape.h"

namespace bootperf {
namespace {

// Appended, not replaced: other steps of a CI job write into the same file.
Result<void> append_summary(const std::string &path, const std::string &text) {
  std::ofstream file(path, std::ios::app | std::ios::binary);
  file << text << std::flush;
  if (!file)
    return fail(ErrorKind::io, std::string("cannot append the summary: ") + std::strerror(errno),
                {path, 0, 0});
  return {};
}

/// Formats for programs. Text is for people, who say how much of it they want.
struct Format {
  const char *name;
  std::string (*write)(const CheckReport &, const CheckContext &);
};

/// Most say nothing beside the report.
template <std::string (*write)(const CheckReport &)>
std::string report_alone(const CheckReport &report, const CheckContext &) {
  return write(report);
}

constexpr Format formats[] = {{"json", report_alone<check_json>},
                              {"markdown", check_markdown},
                              {"csv", report_alone<check_csv>},
                              {"junit", report_alone<junit>},
                              {"github", report_alone<github_annotations>}};

std::vector<std::string> format_names() {
  std::vector<std::string> names = {"text"};
  for (const Format &format : formats)
    names.emplace_back(format.name);
  return names;
}

/// Why a launch failed is told below the timeline.
std::string launches_of_check(const Session &session, Detail detail, const TextStyle &style) {
  std::string text;
  for (const Scenario &scenario : session.scenarios) {
    const Launches launches = launches_of(session, scenario);
    if (detail == Detail::full || !launches.failed.empty() || !on_one_clock(launches))
      text += '\n' + launches_text(launches, style);
    else if (!launches.trees.empty())
      text += '\n' + title_line(launches, style) + longest_text(longest_phases(launches), style);
  }
  return text;
}

std::string text_of(const CheckReport &report, Detail detail) {
  return detail == Detail::brief ? check_brief(report, output_style())
                                 : check_text(report, output_style());
}

/// In the format asked for: of text this one, which the caller may have more to say in.
std::string formatted(const CheckReport &report, const CheckContext &context,
                      const std::string &name, const std::string &text) {
  const auto *const format =
      std::ranges::find_if(formats, [&](const Format &each) { return each.name == name; });
  return format == std::end(formats) ? text : format->write(report, context);
}

Result<void> publish_formatted(const CheckReport &report, const CheckContext &context,
                               const CheckFlags &flags, const std::string &text) {
  if (Result<void> printed = write_output(formatted(report, context, flags.format, text)); !printed)
    return printed;
  if (flags.summary.empty())
    return {};
  return append_summary(flags.summary, check_markdown(report, context));
}

} // namespace

void add_check_flags(CLI::App &verb, CheckFlags &flags) {
  verb.add_option("--thresholds", flags.directory,
                  "The directory of policy.yaml and the baselines (thresholds)");
  verb.add_flag("--same-session", flags.same_session,
                "The baseline was made moments before on this machine: wall time decides");
  verb.add_option("--metric", flags.metric, "wall or instructions, regardless of the mode")
      ->check(CLI::IsMember({"wall", "instructions"}));
  verb.add_option("--format", flags.format,
                  "text, json, markdown, csv, junit, or github for annotations")
      ->check(CLI::IsMember(format_names()));
  verb.add_option("--summary", flags.summary,
                  "Append the report as markdown to this file (in GitHub's CI "
                  "\"$GITHUB_STEP_SUMMARY\")");
  verb.add_option(
      "--reproduce", flags.reproduce,
      "What the markdown report names as the command that repeats it (this verb's own)");
  verb.add_option("--artifact", flags.artifact,
                  "The artifact of the CI run that keeps the session, for the markdown report");
  add_bisect_flag(verb);
}

void add_quiet_flag(CLI::App &verb, CheckFlags &flags) {
  verb.add_flag_callback(
      "-q,--quiet", [&flags] { flags.detail = Detail::brief; },
      "Say the verdict, where, and which command tells more");
}

void add_full_flag(CLI::App &verb, CheckFlags &flags) {
  verb.add_flag_callback(
          "--full", [&flags] { flags.detail = Detail::full; }, "Draw the timeline, too")
      ->excludes("--quiet");
}

void add_no_profile_flag(CLI::App &verb) {
  verb.add_flag(std::string("--no-profile"))
      ->description("When work regressed, make no profiled launch to name the functions; --bisect "
                    "implies it");
}

bool wants_profile(const CLI::App &verb) {
  return verb.count("--no-profile") == 0 && verb.count("--bisect") == 0;
}

Result<void> check_summary(const CheckFlags &flags, const std::vector<std::string> &files) {
  if (flags.summary.empty())
    return {};
  const auto is_summary = [&](const std::string &file) { return same_file(file, flags.summary); };
  const std::filesystem::path target = link_target(flags.summary);
  const bool is_threshold =
      (target.extension() == ".yaml" || target.string().ends_with(".profile.json")) &&
      same_file(target.parent_path(), flags.directory);
  if (std::ranges::any_of(files, is_summary) || is_threshold || holds_launches(flags.summary))
    return fail(ErrorKind::usage,
                "the summary would be appended to a file that is an input or the "
                "session: give another one",
                {flags.summary, 0, 0});
  return {};
}

CheckReport check(const Session &session, const std::string &file, const Thresholds &thresholds,
                  const CheckFlags &flags) {
  CheckOptions options;
  options.same_session = flags.same_session;
  options.metric = metric_from_text(flags.metric);
  options.directory = flags.directory;
  options.session_path = file;
  options.name_update_command = flags.name_update_command;
  options.scenarios = flags.scenarios;
  return check_session(session, thresholds.baselines, thresholds.policy, options);
}

Result<void> publish(const CheckReport &report, const CheckContext &context,
                     const CheckFlags &flags) {
  return publish_formatted(report, context, flags, text_of(report, flags.detail));
}

Result<void> publish_with_launches(const CheckReport &report, const CheckContext &context,
                                   const Session &session, const std::string &file,
                                   const CheckFlags &flags) {
  std::string text = text_of(report, flags.detail);
  if (flags.detail != Detail::brief)
    text += launches_of_check(session, flags.detail, output_style()) + '\n';
  text +=
      fmt::format("more: `bootperf show {0}` draws the timeline, `bootperf report {0}` a page\n",
                  printable(shell_word(file)));
  return publish_formatted(report, context, flags, text);
}

Result<void> publish_remark(const std::string &sentence, const CheckFlags &flags) {
  const std::string text = printable(sentence) + "\n";
  if (flags.format != "text")
    write_error(text);
  else if (Result<void> printed = write_output(text); !printed)
    return printed;
  return flags.summary.empty() ? Result<void>()
                               : append_summary(flags.summary, "\n" + markdown(sentence) + "\n");
}

} // namespace bootperf
