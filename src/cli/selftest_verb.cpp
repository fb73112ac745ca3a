#include "cli/verbs.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "cli/thresholds.h"
#include "report/check/formats.h"
#include "selftest/self_test.h"
#include "session/session_set.h"

namespace bootperf {
namespace {

struct SelfTestOptions {
  std::vector<std::string> sessions;
  std::string scenario; ///< "": the first that the sessions hold
  std::string thresholds = "thresholds";
  std::string format = "text";
  bool is_quick = false; ///< without the peers' rules
  SelfTestSettings settings;
};

/// Every contestant, or ours alone.
std::vector<Contestant> contestants(Metric metric, const SelfTestOptions &options,
                                    const Policy &policy) {
  std::vector<Contestant> all =
      metric == Metric::instructions ? counted_contestants() : wall_contestants(policy);
  if (options.is_quick)
    all.resize(1);
  return all;
}

Result<std::string> scenario_of(const std::vector<Session> &sessions,
                                const SelfTestOptions &options) {
  if (!options.scenario.empty())
    return options.scenario;
  for (const Session &session : sessions)
    if (!session.scenarios.empty())
      return session.scenarios.front().name;
  return fail(ErrorKind::input, "the sessions hold no scenario");
}

Result<Traces> traces(const SelfTestOptions &options) {
  const Result<std::vector<Session>> sessions =
      read_sessions(options.sessions).and_then(without_copies);
  if (!sessions)
    return tl::unexpected(sessions.error());
  const Result<std::string> scenario = scenario_of(*sessions, options);
  if (!scenario)
    return tl::unexpected(scenario.error());
  const bool is_counted = std::ranges::any_of(*sessions, [&](const Session &session) {
    const Scenario *described = session.scenario(*scenario);
    return described && described->mode == "counted";
  });
  return traces_of(*sessions, *scenario, is_counted ? Metric::instructions : Metric::wall);
}

/// One line that rewrites itself, on a terminal.
std::function<void(std::size_t, std::size_t)> progress() {
  if (isatty(STDERR_FILENO) != 1)
    return {};
  return [](std::size_t done, std::size_t all) {
    std::cerr << fmt::format("\rself-test: {} of {} settings\x1b[K", done, all)
              << (done == all ? "\r\x1b[K" : "") << std::flush;
  };
}

Result<ExitCode> run(const SelfTestOptions &options) {
  const Result<Policy> policy = policy_in(options.thresholds);
  if (!policy)
    return tl::unexpected(policy.error());
  const Result<Traces> recorded = traces(options);
  if (!recorded)
    return tl::unexpected(recorded.error());
  SelfTestSettings settings = options.settings;
  settings.threads = std::max(1u, std::thread::hardware_concurrency());
  const SelfTest test = self_test(*recorded, contestants(recorded->metric, options, *policy),
                                  *policy, settings, progress());
  const std::string text =
      options.format == "json" ? self_test_json(test) : self_test_text(test, output_style());
  return write_output(text).map([] { return ExitCode::pass; });
}

} // namespace

void add_selftest(CLI::App &program, Verbs &verbs) {
  const auto options = std::make_shared<SelfTestOptions>();
  CLI::App *verb = add_verb(
      program, "selftest",
      "Test the gate itself on recorded launches: how often does it fail a build in which nothing "
      "changed, and what slow-down can it see? With sessions of your own it tells about your "
      "runner",
      {"bootperf selftest monday.json tuesday.json",
       "bootperf selftest --scenario Launch/quiet --draws 1000 nights/*.json.gz",
       "bootperf selftest --slowdown 1 --slowdown 3 --quick my.json"});
  verb->add_option("SESSION", options->sessions,
                   "Sessions in which nothing changed, also gzip-compressed ones")
      ->required();
  verb->add_option("--scenario", options->scenario, "Which launches (the first scenario)");
  verb->add_option("--draws", options->settings.draws, "Draws per figure (200)")
      ->check(CLI::Range(1, 1'000'000));
  verb->add_option("--seed", options->settings.seed, "Seed of the random numbers (1)");
  verb->add_option_function<std::vector<double>>(
          "--slowdown",
          [options](const std::vector<double> &percents) {
            options->settings.slowdowns.clear();
            for (const double percent : percents)
              options->settings.slowdowns.push_back(percent / 100);
          },
          "By how many percent to slow phases down; repeatable (2, 5, 10, 20)")
      ->check(CLI::Range(0.01, 1000.0))
      ->allow_extra_args(false);
  verb->add_flag("--quick", options->is_quick,
                 "Only this gate's rule, without those of other gates");
  verb->add_option("--thresholds", options->thresholds,
                   "The directory of policy.yaml (thresholds)");
  verb->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  verbs.push_back({verb, [options] { return run(*options); }});
}

} // namespace bootperf
