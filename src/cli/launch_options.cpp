#include "cli/launch_options.h"

#include <algorithm>
#include <iterator>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <unistd.h>

#include "base/process.h"
#include "session/scenario_name.h"

namespace bootperf {

namespace {

/// The expression that selects these scenarios of boot_benchmarks and no others.
std::string filter_of(const std::vector<std::string> &scenarios) {
  return scenarios.size() == 1 ? fmt::format("^{}$", scenarios.front())
                               : fmt::format("^({})$", fmt::join(scenarios, "|"));
}

/// The flags that boot_benchmarks takes under the same names.
std::vector<Flag> shared_flags(LaunchOptions &options) {
  std::vector<Flag> flags = {
      flag("env", "NAME=VALUE for the launches: what names the subject under test; repeatable",
           options.environment)};
  std::ranges::move(flags_of(static_cast<CampaignOptions &>(options)), std::back_inserter(flags));
  flags.push_back(replay_flag(options.replay));
  return flags;
}

} // namespace

void add_session_options(CLI::App &verb, std::string &output, bool &force,
                         const std::string &standard) {
  verb.add_option("-o,--output", output,
                  "The session file, replaced after each launch (" + standard +
                      ", or the next number that is free)");
  verb.add_flag("--force", force, "Replace a session that is there already");
}

void add_launch_options(CLI::App &verb, LaunchOptions &options, const std::string &standard) {
  verb.add_option("--mode", options.mode,
                  "How launches are observed: quiet, traced, counted, initcalls; cold rebuilds the "
                  "appliance in each")
      ->check(CLI::IsMember({"quiet", "traced", "counted", "initcalls", "cold"}));
  verb.add_option(
          "--scenario", options.scenarios,
          "A scenario by its name, as Launch/counted/network, in place of a mode; repeatable")
      ->allow_extra_args(false)
      ->check([](const std::string &name) {
        return is_scenario_name(name) ? std::string() : "expected a name such as Launch/counted";
      })
      ->excludes("--mode");
  verb.add_option("--launches", options.launches, "Launches that count")
      ->check(CLI::Range(1, 100'000));
  verb.add_option("--warmup", options.warmup, "Launches before them that do not")
      ->check(CLI::Range(0, 100));
  declare(verb, shared_flags(options));
  add_session_options(verb, options.output, options.force, standard);
}

std::vector<std::string> asked_scenarios(const LaunchOptions &options) {
  if (!options.scenarios.empty() || options.mode.empty())
    return options.scenarios;
  return {std::string(scenario_prefix) + options.mode};
}

Result<SessionFile> take_session(std::string &output, const std::string &standard, bool force,
                                 const std::string &resume,
                                 const std::vector<std::filesystem::path> &inputs) {
  // What is gone on with is its own session; anything else never takes the place of one unasked.
  if (!resume.empty())
    return SessionFile::take(resume, Existing::replaced);
  if (const Result<void> apart = refuse_inputs(output, inputs); !apart)
    return tl::unexpected(apart.error());
  Result<SessionFile> taken =
      SessionFile::take_or_free(output, standard, force ? Existing::replaced : Existing::refused);
  if (taken)
    output = taken->path();
  return taken;
}

Result<SessionFile> take_session(LaunchOptions &options, const std::string &standard) {
  std::vector<std::filesystem::path> inputs = options.replay;
  inputs.push_back(options.rules);
  inputs.emplace_back(options.guest);
  return take_session(options.output, standard, options.force, "", inputs);
}

std::vector<std::string> benchmark_arguments(const LaunchOptions &options) {
  std::vector<std::string> arguments;
  if (const std::vector<std::string> scenarios = asked_scenarios(options); !scenarios.empty())
    arguments.push_back("--benchmark_filter=" + filter_of(scenarios));
  if (options.launches >= 0)
    arguments.push_back(fmt::format("--benchmark_repetitions={}", options.launches));
  arguments.push_back("--bootperf_session=" + options.output);
  if (options.force)
    arguments.emplace_back("--bootperf_force");
  if (options.warmup >= 0)
    arguments.push_back(fmt::format("--bootperf_warmup={}", options.warmup));
  if (!options.guest.empty())
    arguments.push_back("--bootperf_guest=" + options.guest);
  LaunchOptions given = options, standard;
  std::ranges::move(arguments_of(shared_flags(given), shared_flags(standard), "bootperf_"),
                    std::back_inserter(arguments));
  return arguments;
}

Result<std::string> benchmark_program() {
  const std::filesystem::path path = program_directory() / "boot_benchmarks";
  if (access(path.c_str(), X_OK) != 0)
    return fail(ErrorKind::io,
                "boot_benchmarks was expected beside bootperf; build it, or keep the two together",
                {path.string(), 0, 0});
  return path.string();
}

} // namespace bootperf
