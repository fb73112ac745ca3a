#include "cli/named_functions.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/command_line.h"
#include "report/check/sentence.h"
#include "report/text/style.h"
#include "verdict/baseline/committed_profile.h"
#include "verdict/explain/functions.h"

namespace bootperf {
namespace {

constexpr const char *network_key = "network";

/// What an appliance has unless one asks for something else.
struct UsualKey {
  const char *name, *value;
};
constexpr UsualKey usual_appliance[] = {{"drives", "1"}, {"memsize", "1280"}, {"smp", "1"}};

/// What makes a profiled launch in this environment like those of the scenario.
std::string words_of(const std::map<std::string, std::string> &environment,
                     const Scenario &scenario) {
  std::string words;
  for (const auto &[name, value] : environment)
    words += " --env " + shell_word(name + "=" + value);
  for (const UsualKey &usual : usual_appliance)
    if (const auto asked = scenario.keys.find(usual.name);
        asked != scenario.keys.end() && asked->second != usual.value)
      words += fmt::format(" --{} {}", usual.name, shell_word(asked->second));
  return words + (is_networked(scenario) ? " --network" : "");
}

std::string diff_command(const std::string &base, const std::string &head) {
  return fmt::format("`bootperf profile --diff {}{}`", shell_word(base), head);
}

std::string not_known(const std::string &why, const std::string &command) {
  return fmt::format("which functions is not known: {}; {}", why, command);
}

std::string not_profiled(const std::string &subject, const Error &error) {
  return fmt::format("no profile of {}: {}", subject, to_text(error));
}

void name_against(ScenarioCheck &check, const Session &session, const Baseline &baseline,
                  const Policy &policy, const std::string &thresholds,
                  const ProfiledSubject &launch) {
  const std::string file = profile_file_of(baseline.file);
  const Scenario &scenario = *session.scenario(check.scenario);
  const std::string renew = fmt::format(
      "of a build as it was before, `bootperf baseline profile --thresholds {}{}` makes one",
      shell_word(thresholds), words_of({}, scenario));
  const Result<std::optional<Profile>> committed = committed_profile(baseline, policy);
  if (!committed) {
    check.functions_hint = not_known(to_text(committed.error()), renew);
    return;
  }
  if (!*committed) {
    check.functions_hint = not_known("no profile is committed beside the baseline", renew);
    return;
  }
  if (launch_difference(**committed, baseline) > most_launch_difference) {
    check.functions_hint =
        not_known("the profile that is committed is of another build than the baseline", renew);
    return;
  }
  const std::string command = diff_command(file, words_of(session.environment, scenario));
  if (!launch) {
    check.functions_hint = "which functions: " + command + " makes the launches that tell";
    return;
  }
  const Result<Profile> head = launch("head", scenario);
  if (head)
    name_functions(check, **committed, *head);
  else
    check.functions_hint = not_known(not_profiled("head", head.error()), command + " tries again");
}

void name_between(ScenarioCheck &check, const Session &session, const ProfiledSubject &launch) {
  const Comparison &comparison = *session.comparison;
  const std::string commands = fmt::format(
      "`bootperf profile --record base.json.gz{}`, then {}",
      words_of(comparison.base.environment, *session.scenario(check.scenario, "base")),
      diff_command("base.json.gz", words_of(comparison.head.environment,
                                            *session.scenario(check.scenario, "head"))));
  if (!launch) {
    check.functions_hint = "which functions: " + commands;
    return;
  }
  std::map<std::string, Profile> profiles;
  for (const char *subject : {"base", "head"}) {
    Result<Profile> profile = launch(subject, *session.scenario(check.scenario, subject));
    if (!profile) {
      check.functions_hint = not_known(not_profiled(subject, profile.error()), commands);
      return;
    }
    profiles[subject] = std::move(*profile);
  }
  name_functions(check, profiles["base"], profiles["head"]);
}

} // namespace

void tell_verdict(const CheckReport &report, const std::string &scenario) {
  const auto check = std::ranges::find(report.checks, scenario, &ScenarioCheck::scenario);
  if (check != report.checks.end())
    write_error(verdict_sentence(*check, text_style(surroundings_of(STDERR_FILENO))) + '\n');
}

bool is_networked(const Scenario &scenario) {
  return text_under(scenario.keys, network_key) == "yes";
}

void name_functions_of_check(CheckReport &report, const Session &session,
                             const std::vector<Baseline> &baselines, const Policy &policy,
                             const std::string &thresholds, const ProfiledSubject &launch) {
  for (ScenarioCheck &check : report.checks) {
    const auto baseline = std::ranges::find(baselines, check.baseline_file, &Baseline::file);
    if (has_more_work(check) && baseline != baselines.end() &&
        session.scenario(check.scenario) != nullptr)
      name_against(check, session, *baseline, policy, thresholds, launch);
  }
}

void name_functions_of_comparison(CheckReport &report, const Session &session,
                                  const ProfiledSubject &launch) {
  for (ScenarioCheck &check : report.checks)
    if (has_more_work(check) && session.comparison &&
        session.scenario(check.scenario, "base") != nullptr &&
        session.scenario(check.scenario, "head") != nullptr)
      name_between(check, session, launch);
}

std::chrono::milliseconds profiled_deadline(const Session &session,
                                            std::chrono::milliseconds asked) {
  constexpr std::chrono::milliseconds least = std::chrono::seconds(30);
  std::int64_t longest = 0;
  for (const Launch &launch : session.launches)
    longest = std::max(longest, launch.wall_ns);
  const auto bound =
      std::chrono::duration_cast<std::chrono::milliseconds>(4 * std::chrono::nanoseconds(longest));
  return std::min(asked, std::max(bound, least));
}

} // namespace bootperf
