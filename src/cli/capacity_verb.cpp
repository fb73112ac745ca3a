#include "cli/verbs.h"

#include <iostream>
#include <memory>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "base/text.h"
#include "campaign/launch_source.h"
#include "campaign/recording.h"
#include "capture/facts/host.h"
#include "capture/facts/versions.h"
#include "capture/launcher/sweep.h"
#include "cli/capacity_run.h"
#include "cli/compare_options.h"
#include "cli/launch_options.h"
#include "report/capacity/formats.h"
#include "report/launch/campaign_display.h"
#include "session/new_session.h"
#include "session/session_file.h"
#include "session/session_set.h"

namespace bootperf {
namespace {

constexpr const char *standard_capacity = "bootperf.capacity.json";

struct CapacityAsked {
  std::uint64_t guests = 1000;
  std::string within = "5min";
  int most = 256; ///< at once
  int rounds = 4;
  std::map<std::string, std::string> environment;
  CampaignOptions machine;
  std::string output; ///< "": the next free name of standard_capacity
  bool force = false;
  std::vector<std::string> recorded;
  std::string format = "text";
};

Result<CapacityWish> wish_of(const CapacityAsked &asked) {
  const auto time = budget_from_text(asked.within);
  if (!time || time->seconds == 0)
    return fail(ErrorKind::usage, "--within takes a time: 90s, 5min, 1h");
  constexpr std::int64_t second = 1'000'000'000;
  return CapacityWish{asked.guests, static_cast<std::int64_t>(time->seconds) * second};
}

Result<void> show(const std::vector<Session> &sessions, const CapacityAsked &asked,
                  const CapacityWish &wish) {
  std::vector<CapacityCurve> curves;
  std::set<std::string> ids;
  for (const Session &session : sessions) {
    if (!ids.insert(session.id).second)
      return fail(ErrorKind::usage,
                  "duplicate session " + printable(session.id) + ": give one of each machine");
    Result<CapacityCurve> curve = capacity_curve(session);
    if (!curve)
      return tl::unexpected(curve.error());
    curves.push_back(std::move(*curve));
  }
  return write_output(asked.format == "json" ? capacity_json(curves, wish)
                                             : capacity_text(curves, wish, output_style()));
}

Result<void> launch(CapacityAsked asked, const CapacityWish &wish) {
  const Result<Rules> rules = load_rules(asked.machine.rules.string());
  if (!rules)
    return tl::unexpected(rules.error());
  const Result<SessionFile> file =
      take_session(asked.output, standard_capacity, asked.force, "", {asked.machine.rules});
  if (!file)
    return tl::unexpected(file.error());
  const Result<ScratchDirectory> scratch = ScratchDirectory::make(scratch_place());
  if (!scratch)
    return tl::unexpected(scratch.error());
  LaunchSource source;
  RecordingPlaces places{.session = file->path(),
                         .logs = asked.machine.logs.empty() ? scratch->path() : asked.machine.logs,
                         .warnings = [&source] { return source.warnings(); }};
  Recording recording(source.launcher(), *rules, std::move(places), new_session(asked.environment));
  Progress progress(std::cerr, isatty(STDERR_FILENO) == 1, 1);
  CampaignDisplay display(progress);
  const CapacityPlan plan{.request = request_of(asked.machine, Mode::quiet, asked.environment),
                          .scenario = "Launch/quiet",
                          .most_at_once = static_cast<std::size_t>(asked.most),
                          .rounds = static_cast<std::size_t>(asked.rounds),
                          .available_memory = [] { return available_memory(); }};
  const Result<void> done = run_capacity(plan, recording, display, [&](const CapacityLevel &level) {
    progress.say(level_text(level));
  });
  progress.clear();
  const Session &session = recording.session();
  if (!session.launches.empty())
    write_error("session: " + printable(file->path()) + "\n");
  if (!done) {
    if (session.capacity && !session.capacity->levels.empty())
      write_error("`bootperf capacity --recorded " + shell_word(printable(file->path())) +
                  "` shows what was made\n");
    return done;
  }
  return write_session(file->path(), session).and_then([&] {
    return show({session}, asked, wish);
  });
}

std::vector<Flag> capacity_flags(CapacityAsked &asked) {
  std::vector<Flag> flags = {
      flag("env", "NAME=VALUE for the launches: what names the subject under test; repeatable",
           asked.environment)};
  // How many are made at a time is what is asked.
  for (Flag &each : flags_of(asked.machine))
    if (each.name != "jobs")
      flags.push_back(std::move(each));
  return flags;
}

/// What says how launches are made is for launches.
Result<void> validate(CapacityAsked asked) {
  if (asked.recorded.empty())
    return {};
  CapacityAsked standard;
  const bool says_how = !asked.output.empty() || asked.most != standard.most ||
                        asked.rounds != standard.rounds ||
                        !arguments_of(capacity_flags(asked), capacity_flags(standard)).empty();
  return says_how ? fail(ErrorKind::usage, "--recorded launches nothing: -o, --most, --rounds and "
                                           "how the appliance is launched are for launches")
                  : Result<void>();
}

Result<void> run(const CapacityAsked &asked) {
  if (const Result<void> valid = validate(asked); !valid)
    return valid;
  const Result<CapacityWish> wish = wish_of(asked);
  if (!wish)
    return tl::unexpected(wish.error());
  if (asked.recorded.empty())
    return launch(asked, *wish);
  return read_sessions(asked.recorded).and_then([&](const std::vector<Session> &sessions) {
    return show(sessions, asked, *wish);
  });
}

} // namespace

void add_capacity(CLI::App &program, Verbs &verbs) {
  const auto asked = std::make_shared<CapacityAsked>();
  CLI::App *verb =
      add_verb(program, "capacity",
               "How many guests in how long? Launches 1, 2, 4, … at once until that makes no more "
               "guests a minute, or memory "
               "would not do",
               {"bootperf capacity                               1000 guests in 5 minutes?",
                "bootperf capacity --guests 200 --within 1min --memsize 512",
                "bootperf capacity --recorded a.json b.json      two machines together"});
  verb->add_option("--guests", asked->guests, "How many guests (1000)")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}));
  verb->add_option("--within", asked->within, "In how long: 90s, 5min, 1h (5min)");
  verb->add_option("--most", asked->most, "Launches at once at most (256)")
      ->check(CLI::Range(1, 10'000));
  verb->add_option("--rounds", asked->rounds, "Launches for each of those at once (4)")
      ->check(CLI::Range(2, 1000));
  verb->add_option("--recorded", asked->recorded,
                   "Answer from sessions recorded before, of one machine each");
  verb->add_option("--format", asked->format, "text or json (text)")
      ->check(CLI::IsMember({"text", "json"}));
  add_session_options(*verb, asked->output, asked->force, standard_capacity);
  declare(*verb, capacity_flags(*asked));
  verbs.push_back({verb, [asked] { return run(*asked).map([] { return ExitCode::pass; }); }});
}

} // namespace bootperf
