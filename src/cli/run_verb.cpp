#include "cli/verbs.h"

#include <cerrno>
#include <cstring>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/launch_options.h"
#include "cli/more_launches.h"
#include "guest/guest.h"
#include "session/scenario_name.h"

namespace bootperf {
namespace {

constexpr const char *standard_session = "bootperf.run.json";

// This process becomes boot_benchmarks, so that every signal reaches it and its exit code is ours.
Result<ExitCode> run(LaunchOptions options) {
  const Result<std::string> program = benchmark_program();
  if (!program)
    return tl::unexpected(program.error());
  // Only chosen here: it is taken again, and held, by boot_benchmarks.
  if (const auto session = take_session(options, standard_session); !session)
    return tl::unexpected(session.error());
  std::vector<std::string> words = benchmark_arguments(options);
  words.insert(words.begin(), *program);
  std::vector<char *> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string &word : words)
    arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execv(program->c_str(), arguments.data());
  return fail(ErrorKind::io, std::string("cannot execute this program: ") + std::strerror(errno),
              {*program, 0, 0});
}

struct RunOptions : LaunchOptions {
  int add = 0;        ///< launches for a session that exists; 0: a new session
  bool floor = false; ///< the shipped guests are launched
};

/// Names the scenarios of the guests that are to be launched, which are counted unless they are to
/// be traced.
Result<RunOptions> with_guests(RunOptions options) {
  if (options.floor && !options.guest.empty())
    return fail(ErrorKind::usage, "--floor launches the guests that are shipped, and --guest those "
                                  "of a file: give one of them");
  if (!options.mode.empty() && options.mode != "counted" && options.mode != "traced")
    return fail(
        ErrorKind::usage,
        "a guest is launched with --mode counted or traced, since its console is what tells "
        "when it is up");
  if (options.add > 0 || !options.replay.empty())
    return fail(ErrorKind::usage, "--floor and --guest launch: neither --add nor --replay goes "
                                  "with them");
  ApplianceOptions asked = options, standard;
  standard.accelerator = asked.accelerator;
  if (const auto more = arguments_of(flags_of(asked), flags_of(standard)); !more.empty())
    return fail(
        ErrorKind::usage,
        fmt::format("{} is of the appliance: a guest says itself what it is", more.front()));
  return load_guests(options.guest).and_then([&](const Guests &guests) -> Result<RunOptions> {
    const bool counted = options.mode != "traced";
    for (const Guest &guest : guests.guests) {
      const bool not_counted = counted && guest.needs_kvm();
      const auto missing = not_counted ? std::optional<std::string>("it needs KVM, under which "
                                                                    "nothing is counted: --mode "
                                                                    "traced launches it")
                                       : missing_need(guest.needs);
      if (options.floor && missing)
        write_error(fmt::format("{} is left out: {}\n", guest.name, *missing));
      else
        options.scenarios.push_back(counted ? guest.name : traced_guest(guest.name));
    }
    return options.scenarios.empty()
               ? Result<RunOptions>(fail(ErrorKind::not_measured, "no guest can be launched here"))
               : options;
  });
}

/// What the session's launches were made with, so that those that are added are made alike.
Result<void> take_over(const Session &session, RunOptions &options) {
  if (session.comparison)
    return fail(ErrorKind::usage,
                "this session is a comparison: `bootperf compare --resume` goes on "
                "with it",
                {options.output, 0, 0});
  if (session.scenarios.size() != 1 || !is_scenario_name(session.scenarios.front().name))
    return fail(
        ErrorKind::usage,
        "launches are added to a session of one scenario of the appliance, as `bootperf run "
        "--mode` makes it; guests are launched anew",
        {options.output, 0, 0});
  const std::vector<std::string> scenario = {session.scenarios.front().name};
  if (const auto asked = asked_scenarios(options); !asked.empty() && asked != scenario)
    return fail(ErrorKind::usage,
                "the launches of this session are of " + printable(scenario.front()),
                {options.output, 0, 0});
  if (!options.environment.empty() && options.environment != session.environment)
    return fail(ErrorKind::usage,
                "the launches of this session have another --env; leave it out to "
                "take theirs",
                {options.output, 0, 0});
  options.mode.clear();
  options.scenarios = scenario;
  options.environment = session.environment;
  return {};
}

Result<ExitCode> add(RunOptions options) {
  if (options.output.empty() || options.launches >= 0)
    return fail(ErrorKind::usage, "--add N goes with -o SESSION, and without --launches");
  const Result<SessionFile> taken = SessionFile::take(options.output, Existing::replaced);
  if (!taken)
    return tl::unexpected(taken.error());
  Result<Session> session = read_session(options.output);
  if (!session)
    return tl::unexpected(session.error());
  if (const Result<void> alike = take_over(*session, options); !alike)
    return tl::unexpected(alike.error());
  const Result<MoreLaunches> added = add_launches(std::move(*session), options, options.add,
                                                  options.jobs, ChildOutput::inherited, {});
  if (!added)
    return tl::unexpected(added.error());
  write_error(fmt::format("session: {} holds {} launches now\n", printable(options.output),
                          added->session.launches.size()));
  return added->outcome;
}

} // namespace

void add_run(CLI::App &program, Verbs &verbs) {
  const auto options = std::make_shared<RunOptions>();
  CLI::App *verb = add_verb(
      program, "run",
      "Launch the appliance, show where its boot time goes, and write a session; without --mode "
      "quiet and traced launches, five of each; other guests are counted",
      {"bootperf run --mode traced --launches 10 -o session.json",
       "bootperf run --mode counted --launches 2 --jobs 2 -o session.json",
       "bootperf run --add 18 -o session.json            18 more launches for that session",
       "bootperf run --floor --launches 2                how fast can anything boot here?",
       "bootperf run --mode quiet --env LIBGUESTFS_PATH=/tmp/mine "
       "--env LIBGUESTFS_CACHEDIR=/tmp/mine/cache"});
  add_launch_options(*verb, *options, standard_session);
  verb->add_option("--add", options->add,
                   "Add so many launches to the session that -o names, made as those that it holds")
      ->check(CLI::Range(1, 100'000));
  verb->add_option("--guest", options->guest,
                   "Launch the guests that a file describes in place of the appliance: anything "
                   "that prints while it boots (docs/guests.md)")
      ->type_name("FILE");
  verb->add_flag("--floor", options->floor,
                 "Launch guests of the appliance's kernel that only say hello: how fast anything "
                 "can boot here");
  verbs.push_back({verb, [options]() -> Result<ExitCode> {
                     if (options->floor || !options->guest.empty())
                       return with_guests(*options).and_then(run);
                     return options->add > 0 ? add(*options) : run(*options);
                   }});
}

} // namespace bootperf
