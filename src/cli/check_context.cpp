#include "cli/check_context.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "cli/new_baseline.h"

namespace bootperf {
namespace {

bool consists_of(std::string_view text, std::string_view more, std::size_t most) {
  return !text.empty() && text.size() <= most && std::ranges::all_of(text, [&](char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || more.find(byte) != std::string_view::npos;
  });
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 20 &&
         std::ranges::all_of(text, [](char byte) { return byte >= '0' && byte <= '9'; });
}

bool is_server(std::string_view text) {
  constexpr std::string_view secure = "https://";
  return text.starts_with(secure) && consists_of(text.substr(secure.size()), ".-:", 200);
}

bool is_repository(std::string_view text) {
  const auto slash = text.find('/');
  if (text.ends_with("/.") || text.ends_with("/..")) // places, not names
    return false;
  return slash != std::string_view::npos && consists_of(text.substr(0, slash), "-", 39) &&
         consists_of(text.substr(slash + 1), "._-", 100);
}

/// What an artifact may be called, less what a shell or markdown would take for its own.
bool is_artifact(std::string_view text) {
  return consists_of(text, "._-", 200) && !text.starts_with('-');
}

std::string found(const std::map<std::string, std::string> &environment, const char *name,
                  bool (*is_valid)(std::string_view)) {
  const auto variable = environment.find(name);
  return variable != environment.end() && is_valid(variable->second) ? variable->second : "";
}

CheckSide commit_side(const std::string &commit, const ActionsRun &run) {
  return is_commit(commit) ? CheckSide{"", commit, run.commit_link(commit)} : CheckSide{};
}

/// What is called by its role only has no name.
CheckSide named_side(const std::string &name, const std::string &role, const ActionsRun &run) {
  if (is_commit(name))
    return commit_side(name, run);
  return name == role ? CheckSide{} : CheckSide{name, "", ""};
}

/// The commit of the baseline's last session: what it stands for.
std::string baseline_commit(const CheckReport &report, const std::vector<Baseline> &baselines) {
  for (const ScenarioCheck &check : report.checks)
    for (const Baseline &baseline : baselines)
      if (!check.baseline_file.empty() && baseline.file == check.baseline_file &&
          !baseline.sessions.empty())
        return baseline.sessions.back().commit;
  return "";
}

/// Moved against a baseline that decides.
const ScenarioCheck *to_accept(const CheckReport &report) {
  const auto moved = std::ranges::find_if(report.checks, [](const ScenarioCheck &check) {
    return !check.advisory && !check.baseline_file.empty() &&
           (check.verdict == Verdict::regressed || check.verdict == Verdict::improved);
  });
  return moved == report.checks.end() ? nullptr : &*moved;
}

/// A baseline starts anew with enough launches, which a check need not have made.
std::string accept_commands(const CheckReport &report, const Session &session,
                            const std::string &file, const Policy &policy,
                            const std::string &directory) {
  const ScenarioCheck *moved = to_accept(report);
  if (moved == nullptr)
    return "";
  std::string lines;
  const auto enough = launches_of_new_baseline(policy);
  if (moved->metric == Metric::instructions && session.distinct_scenarios().size() == 1 && enough &&
      moved->launches < *enough)
    lines =
        fmt::format("bootperf run --add {} -o {}\n", *enough - moved->launches, shell_word(file));
  lines += "bootperf baseline update " + shell_word(file);
  if (directory != CheckFlags().directory)
    lines += " --thresholds " + shell_word(directory);
  if (session.distinct_scenarios().size() > 1)
    lines += " --scenario " + shell_word(moved->scenario);
  return lines + " --accept 'why'";
}

/// Where an artifact keeps the launches they are to be had by everybody.
std::string download_command(const CheckFlags &flags, const ActionsRun &run) {
  if (!run.is_known() || run.id.empty() || !is_artifact(flags.artifact))
    return "";
  return fmt::format("gh run download {} --repo {} --name {}\n", run.id, run.repository,
                     flags.artifact);
}

CheckContext context_of(const CheckFlags &flags, const ActionsRun &run) {
  CheckContext context;
  context.run_link = run.run_link();
  if (is_artifact(flags.artifact))
    context.artifact = flags.artifact;
  context.reproduce = flags.reproduce;
  return context;
}

} // namespace

std::string ActionsRun::commit_link(const std::string &commit) const {
  return is_known() && is_commit(commit)
             ? fmt::format("{}/{}/commit/{}", server, repository, commit)
             : "";
}

std::string ActionsRun::run_link() const {
  return is_known() && !id.empty() ? fmt::format("{}/{}/actions/runs/{}", server, repository, id)
                                   : "";
}

ActionsRun actions_run(const std::map<std::string, std::string> &environment) {
  return {found(environment, "GITHUB_SERVER_URL", is_server),
          found(environment, "GITHUB_REPOSITORY", is_repository),
          found(environment, "GITHUB_RUN_ID", is_number)};
}

ActionsRun actions_run() {
  std::map<std::string, std::string> environment;
  for (const char *name : {"GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID"})
    if (const char *value = std::getenv(name)) // NOLINT(concurrency-mt-unsafe)
      environment[name] = value;
  return actions_run(environment);
}

bool is_commit(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) && std::ranges::all_of(text, [](char byte) {
           return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
         });
}

std::string check_command(std::vector<std::string> words, const CheckFlags &flags) {
  if (flags.directory != CheckFlags().directory)
    words.insert(words.end(), {"--thresholds", flags.directory});
  if (flags.same_session)
    words.emplace_back("--same-session");
  if (!flags.metric.empty())
    words.insert(words.end(), {"--metric", flags.metric});
  for (std::string &word : words)
    word = shell_word(word);
  return fmt::format("{}", fmt::join(words, " "));
}

CheckContext context_of_check(const CheckReport &report, const Session &session,
                              const std::string &file, const Thresholds &thresholds,
                              const CheckFlags &flags, const std::vector<std::string> &command,
                              const ActionsRun &run) {
  CheckContext context = context_of(flags, run);
  context.base = commit_side(baseline_commit(report, thresholds.baselines), run);
  context.head = commit_side(session.commit, run);
  const std::string download = download_command(flags, run);
  // What is downloaded has no directory.
  const std::string there =
      download.empty() ? file : std::filesystem::path(file).filename().string();
  if (flags.reproduce.empty())
    context.reproduce = download.empty()
                            ? check_command(command, flags)
                            : download + check_command({"bootperf", "check", there}, flags);
  context.accept = accept_commands(report, session, there, thresholds.policy, flags.directory);
  return context;
}

CheckContext context_of_comparison(const CheckReport &report, const CheckFlags &flags,
                                   const std::vector<std::string> &command, const ActionsRun &run) {
  CheckContext context = context_of(flags, run);
  for (const ScenarioCheck &check : report.checks)
    if (check.comparison) {
      context.base = named_side(check.comparison->base, "base", run);
      context.head = named_side(check.comparison->head, "head", run);
      break;
    }
  if (flags.reproduce.empty())
    context.reproduce = check_command(command, flags);
  return context;
}

} // namespace bootperf
