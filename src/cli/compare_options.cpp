#include "cli/compare_options.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/command_line.h"
#include "cli/launch_options.h"

namespace bootperf {
namespace {

std::string check_budget(const std::string &text) {
  return budget_from_text(text)
             ? ""
             : "launches (50) or a time (90s, 20min, 1h) were expected, not " + text;
}

/// The flags that say what is launched and have a default that says nothing.
std::vector<Flag> launch_flags(CompareAsked &asked) {
  std::vector<Flag> flags = {
      flag("base-env", "NAME=VALUE for launches of the base; repeatable", asked.base_environment),
      flag("head-env", "NAME=VALUE for launches of the head; repeatable", asked.head_environment)};
  std::ranges::move(flags_of(asked.base_appliance, "base"), std::back_inserter(flags));
  std::ranges::move(flags_of(asked.head_appliance, "head"), std::back_inserter(flags));
  std::ranges::move(flags_of(asked.machine), std::back_inserter(flags));
  return flags;
}

/// The options that say what is launched, and so are kept in the session.
void add_launches(CLI::App &verb, CompareAsked &asked) {
  verb.add_option("--base", asked.base, "What the base is called in the report (base)");
  verb.add_option("--head", asked.head, "What the head is called in the report (head)");
  verb.add_option("--mode", asked.modes,
                  "traced, quiet, initcalls or counted; traced and quiet may be given together "
                  "(traced)")
      ->check(CLI::IsMember({"quiet", "traced", "counted", "initcalls"}))
      ->allow_extra_args(false);
  verb.add_option("--budget", asked.budget,
                  "Launches of both at most, or a time: 50, 90s, 20min (the policy's launches)")
      ->check(check_budget);
  verb.add_option("--warmup", asked.warmup,
                  "Launches of each subject and mode that do not count, before the first block (1)")
      ->check(CLI::Range(0, 100));
  declare(verb, launch_flags(asked));
}

} // namespace

std::optional<Budget> budget_from_text(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
  constexpr std::uint64_t most = 1'000'000;
  if (wrong != std::errc() || number == 0 || number > most)
    return std::nullopt;
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (unit.empty())
    return Budget{number, 0};
  if (unit == "s")
    return Budget{0, number};
  if (unit == "min")
    return Budget{0, 60 * number};
  if (unit == "h")
    return Budget{0, 3600 * number};
  return std::nullopt;
}

void add_compare_options(CLI::App &verb, CompareAsked &asked) {
  add_launches(verb, asked);
  verb.add_option("--seed", asked.seed, "Repeats the order and the flips of an earlier comparison")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1} << 53));
  add_session_options(verb, asked.output, asked.force, standard_comparison);
  verb.add_option("--recorded", asked.recorded,
                  "Decide from launches recorded before: sessions of base and head, or one of both")
      ->expected(1, 2);
  verb.add_option("--resume", asked.resume, "Go on with an interrupted comparison's session");
  add_check_flags(verb, asked.check);
  add_quiet_flag(verb, asked.check);
}

std::vector<std::string> launch_arguments(const CompareAsked &asked) {
  std::vector<std::string> arguments = {"--base=" + asked.base, "--head=" + asked.head};
  for (const std::string &mode : asked.modes)
    arguments.push_back("--mode=" + mode);
  if (!asked.budget.empty())
    arguments.push_back("--budget=" + asked.budget);
  arguments.push_back(fmt::format("--warmup={}", asked.warmup));
  CompareAsked given = asked, standard;
  std::ranges::move(arguments_of(launch_flags(given), launch_flags(standard)),
                    std::back_inserter(arguments));
  return arguments;
}

Result<void> read_launch_arguments(const std::vector<std::string> &arguments, CompareAsked &asked) {
  CLI::App parser;
  asked.modes.clear();
  add_launches(parser, asked);
  return read_kept_arguments(parser, arguments);
}

Result<void> validate(const CompareAsked &asked) {
  const auto has = [&](const char *mode) {
    return std::ranges::find(asked.modes, mode) != asked.modes.end();
  };
  if (has("counted") && asked.modes.size() > 1)
    return fail(ErrorKind::usage,
                "--mode counted is compared by itself: its launches need no blocks");
  if (has("counted") && !asked.budget.empty())
    return fail(ErrorKind::usage,
                "counted launches need no --budget: 13 of them decide, 19 at most");
  std::vector<std::string> modes = asked.modes;
  std::ranges::sort(modes);
  if (std::ranges::adjacent_find(modes) != modes.end())
    return fail(ErrorKind::usage, "--mode was given twice with the same mode");
  if (asked.check.same_session)
    return fail(ErrorKind::usage,
                "--same-session is for check and gate: a comparison needs no baseline");
  if (!asked.check.metric.empty() && asked.recorded.empty())
    return fail(ErrorKind::usage, "--metric is for --recorded: what is launched is judged by the "
                                  "metric of its mode");
  if (!asked.resume.empty() && !asked.output.empty())
    return fail(ErrorKind::usage, "--resume goes on in the session that it names, so there is no "
                                  "other one to write with -o");
  if (!asked.recorded.empty() && !asked.resume.empty())
    return fail(ErrorKind::usage, "--recorded launches nothing, so there is nothing to --resume");
  return {};
}

} // namespace bootperf
