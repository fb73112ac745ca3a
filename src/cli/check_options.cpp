#include "cli/check_options.h"

#include <cstring>
#include <fstream>

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "cli/command_line.h"
#include "cli/output.h"
#include "cli/policy_file.h"
#include "report/check_json.h"
#include "report/check_markdown.h"
#include "report/check_text.h"

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

std::string formatted(const CheckReport &report, const std::string &format) {
  if (format == "json")
    return check_json(report);
  return format == "markdown" ? check_markdown(report) : check_text(report, output_style());
}

} // namespace

void add_check_flags(CLI::App &verb, CheckFlags &flags) {
  verb.add_option("--thresholds", flags.directory,
                  "The directory of policy.yaml and the baselines (thresholds)");
  verb.add_flag("--same-session", flags.same_session,
                "The baseline was made moments before on this machine: wall time decides");
  verb.add_option("--metric", flags.metric, "wall or instructions, whatever the mode")
      ->check(CLI::IsMember({"wall", "instructions"}));
  verb.add_option("--format", flags.format, "text, json or markdown")
      ->check(CLI::IsMember({"text", "json", "markdown"}));
  verb.add_option("--summary", flags.summary,
                  "Append the report as markdown to this file (in GitHub's CI "
                  "\"$GITHUB_STEP_SUMMARY\")");
  add_bisect_flag(verb);
}

Result<Thresholds> load_thresholds(const std::string &directory) {
  Result<Policy> policy = policy_in(directory);
  if (!policy)
    return tl::unexpected(policy.error());
  Result<std::vector<Baseline>> baselines = load_baselines(directory);
  if (!baselines)
    return tl::unexpected(baselines.error());
  return Thresholds{std::move(*policy), std::move(*baselines)};
}

CheckReport check(const Session &session, const std::string &file, const Thresholds &thresholds,
                  const CheckFlags &flags) {
  CheckOptions options;
  options.same_session = flags.same_session;
  options.metric = metric_from_text(flags.metric);
  options.directory = flags.directory;
  options.session_path = file;
  return check(session, thresholds.baselines, thresholds.policy, options);
}

Result<void> publish(const CheckReport &report, const CheckFlags &flags) {
  if (Result<void> printed = write_output(formatted(report, flags.format)); !printed)
    return printed;
  if (flags.summary.empty())
    return {};
  return append_summary(flags.summary, check_markdown(report));
}

} // namespace bootperf
