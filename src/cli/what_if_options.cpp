#include "cli/what_if_options.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/command_line.h"
#include "cli/launch_options.h"

namespace bootperf {
namespace {

constexpr int most_lever_launches = 100;

/// The flags that say what is launched and have a default that says nothing.
std::vector<Flag> what_if_flags(WhatIfAsked &asked) {
  std::vector<Flag> flags = {
      flag("env", "NAME=VALUE for all launches: the boot that is changed; repeatable",
           asked.environment)};
  // Counted launches are made without KVM in any case.
  for (Flag &each : flags_of(asked.machine))
    if (each.name != "accel")
      flags.push_back(std::move(each));
  return flags;
}

/// The options that say what is launched, and so are kept in the session.
void add_trials(CLI::App &verb, WhatIfAsked &asked) {
  verb.add_option("LEVER", asked.names, "Levers to try; --list shows them");
  verb.add_flag("--all", asked.all, "Try all levers that can be had here");
  verb.add_flag("--together", asked.together,
                "Then try those that save all in one launch, and each left out in turn");
  verb.add_flag("--wall", asked.wall,
                "Launch each lever and the boot as it is by the clock, too: 10 quiet launches of "
                "each in blocks, one at a time, with KVM where it works");
  verb.add_flag("--floor", asked.floor,
                "Then launch guests of this kernel that only say hello: what of the boot is the "
                "appliance's own? --all does so, too");
  add_levers_option(verb, asked.levers);
  verb.add_option("--launches", asked.launches,
                  "Launches of each lever (3; fewer take many more of the boot as it is)")
      ->check(CLI::Range(1, most_lever_launches));
  declare(verb, what_if_flags(asked));
}

} // namespace

CLI::Option *add_levers_option(CLI::App &verb, std::string &file) {
  return verb
      .add_option("--levers", file, "A file of more levers; one of a shipped name takes its place")
      ->check(CLI::ExistingFile);
}

void add_what_if_options(CLI::App &verb, WhatIfAsked &asked) {
  add_trials(verb, asked);
  verb.add_flag("--list", asked.list, "Show the levers, what each changes and who would adopt it");
  verb.add_option("--seed", asked.seed, "Repeats the order of an earlier session")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1} << 53));
  add_session_options(verb, asked.output, asked.force, standard_what_if);
  verb.add_option("--resume", asked.resume, "Go on with an interrupted session");
  verb.add_option("--recorded", asked.recorded, "Rank the levers of a session recorded before");
  verb.add_option("--format", asked.format, "text or json (text)")
      ->check(CLI::IsMember({"text", "json"}));
}

std::vector<std::string> launch_arguments(const WhatIfAsked &asked) {
  std::vector<std::string> arguments = asked.names;
  if (asked.all)
    arguments.emplace_back("--all");
  if (asked.together)
    arguments.emplace_back("--together");
  if (asked.wall)
    arguments.emplace_back("--wall");
  if (asked.floor)
    arguments.emplace_back("--floor");
  if (!asked.levers.empty())
    arguments.push_back("--levers=" + std::filesystem::absolute(asked.levers).string());
  arguments.push_back(fmt::format("--launches={}", asked.launches));
  WhatIfAsked given = asked, standard;
  std::ranges::move(arguments_of(what_if_flags(given), what_if_flags(standard)),
                    std::back_inserter(arguments));
  return arguments;
}

Result<void> read_launch_arguments(const std::vector<std::string> &arguments, WhatIfAsked &asked) {
  CLI::App parser;
  add_trials(parser, asked);
  return read_kept_arguments(parser, arguments);
}

Result<void> validate(const WhatIfAsked &asked) {
  if (asked.all && !asked.names.empty())
    return fail(ErrorKind::usage, "--all tries all levers, so none is named beside it");
  const bool recorded = !asked.recorded.empty() || !asked.resume.empty();
  if (recorded && (asked.all || !asked.names.empty()))
    return fail(ErrorKind::usage, "a session says itself which levers it tries");
  if (recorded && (asked.together || asked.wall || asked.floor || !asked.levers.empty() ||
                   asked.launches != WhatIfAsked().launches))
    return fail(ErrorKind::usage, "a session says itself how it is made: --together, --wall, "
                                  "--floor, --launches and --levers are for a new one");
  if (asked.list && asked.format != "text")
    return fail(ErrorKind::usage, "--list is for people: it is text");
  if (!asked.recorded.empty() && !asked.resume.empty())
    return fail(ErrorKind::usage, "--recorded launches nothing, so there is nothing to --resume");
  if (recorded && !asked.output.empty())
    return fail(ErrorKind::usage,
                "the session is named already, so there is no other one to write with -o");
  if (!recorded && !asked.list && !asked.all && asked.names.empty())
    return fail(ErrorKind::usage, "name the levers to try, or give --all; --list shows them");
  return {};
}

} // namespace bootperf
