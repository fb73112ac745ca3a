#include "cli/verbs.h"

#include <algorithm>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "base/text.h"
#include "campaign/launch_source.h"
#include "campaign/recording.h"
#include "capture/facts/versions.h"
#include "capture/launcher/sweep.h"
#include "cli/launch_options.h"
#include "cli/what_if_options.h"
#include "cli/what_if_run.h"
#include "guest/guest_launcher.h"
#include "report/whatif/formats.h"
#include "session/new_session.h"
#include "session/session_file.h"
#include "whatif/ranking.h"

namespace bootperf {
namespace {

/// What none of the levers could be measured for is no success.
ExitCode outcome_of(const LeverRanking &ranking) {
  const bool any = std::ranges::any_of(ranking.outcomes, [](const LeverOutcome &outcome) {
    return outcome.effect != LeverEffect::not_measured ||
           (outcome.wall && outcome.wall->blocks > 0);
  });
  return any ? ExitCode::pass : ExitCode::not_measured;
}

Result<ExitCode> show(const Session &session, const WhatIfAsked &asked) {
  const Result<LeverRanking> ranking = rank_levers(session, what_if_error_rate);
  if (!ranking)
    return tl::unexpected(ranking.error());
  return write_output(asked.format == "json" ? ranking_json(*ranking)
                                             : ranking_text(*ranking, output_style()))
      .map([&] { return outcome_of(*ranking); });
}

Session fresh_session(const WhatIfAsked &asked) {
  Session session = new_session(asked.environment);
  session.seed = asked.seed.value_or(session.seed);
  return session;
}

Result<Session> session_to_go_on_with(WhatIfAsked &asked) {
  Result<Session> session = read_session(asked.resume);
  if (!session)
    return session;
  if (!session->what_if || session->what_if->arguments.empty())
    return fail(ErrorKind::input, "this session was not made by bootperf what-if",
                {asked.resume, 0, 0});
  asked.output = asked.resume;
  if (const auto read = read_launch_arguments(session->what_if->arguments, asked); !read)
    return tl::unexpected(read.error());
  return session;
}

Result<std::vector<Lever>> chosen_levers(const WhatIfAsked &asked) {
  return load_levers(asked.levers).and_then([&](const std::vector<Lever> &all) {
    return choose_levers(all, asked.names);
  });
}

Result<ExitCode> launch(WhatIfAsked asked, Session session) {
  Result<std::vector<Lever>> levers = chosen_levers(asked);
  if (!levers)
    return tl::unexpected(levers.error());
  const Result<std::string> fingerprint = levers_fingerprint(asked.levers);
  if (!fingerprint)
    return tl::unexpected(fingerprint.error());
  // Launches of one lever are of one change, and those of the boot as it is of one boot: before
  // there were fingerprints the appliance was not used.
  if (session.what_if && session.what_if->levers != *fingerprint)
    return fail(ErrorKind::input,
                "the levers, the file that holds them, or bootperf have changed since this session "
                "began: `bootperf what-if` without --resume begins another, and --recorded shows "
                "what this one measured",
                {asked.resume, 0, 0});
  const Result<Rules> rules = load_rules(asked.machine.rules.string());
  if (!rules)
    return tl::unexpected(rules.error());
  const Result<SessionFile> session_file =
      take_session(asked.output, standard_what_if, asked.force, asked.resume,
                   {asked.levers, asked.machine.rules});
  if (!session_file)
    return tl::unexpected(session_file.error());
  const Result<ScratchDirectory> scratch = ScratchDirectory::make(scratch_place());
  if (!scratch)
    return tl::unexpected(scratch.error());

  const Result<Guests> floor = load_guests("");
  if (!floor)
    return tl::unexpected(floor.error());
  LaunchSource source;
  // They are counted, and so never fall back.
  GuestLauncher with_floor(source.launcher(), floor->guests, scratch->path(), {});
  ProvingLauncher prover(with_floor, *levers);
  RecordingPlaces places{.session = asked.output,
                         .logs = asked.machine.logs.empty() ? scratch->path() : asked.machine.logs,
                         .warnings = [&source] { return source.warnings(); }};
  places.versions["base"] = component_versions(asked.environment);
  Recording recording(prover, *rules, std::move(places), std::move(session));
  LaunchRequest as_it_is = request_of(asked.machine, Mode::counted, asked.environment);
  // A lever that saves and leaves an appliance that is good for nothing is none.
  as_it_is.used = true;
  WhatIfPlan plan{.as_it_is = std::move(as_it_is),
                  .levers = *levers,
                  .scratch = scratch->path(),
                  .launches = asked.launches,
                  .jobs = asked.machine.jobs,
                  .together = asked.together,
                  .wall = asked.wall,
                  .alpha = what_if_error_rate,
                  .floor = asked.floor || asked.all ? floor->guests : std::vector<Guest>(),
                  .arguments = launch_arguments(asked),
                  .fingerprint = *fingerprint};
  Progress progress(std::cerr, isatty(STDERR_FILENO) == 1, 1);
  const Result<void> done = WhatIfRun(plan, *levers, prover, recording, progress).run();
  progress.clear();
  if (!recording.session().launches.empty()) {
    // What became of the last lever is not on disk yet where no launch came after it.
    if (const Result<void> kept = write_session(asked.output, recording.session()); !kept)
      return tl::unexpected(kept.error());
    write_error("session: " + printable(asked.output) + "\n");
  }
  if (!done) {
    if (done.error().kind == ErrorKind::interrupted)
      write_error("`bootperf what-if --resume " + shell_word(printable(asked.output)) +
                  "` goes on from here\n");
    return tl::unexpected(done.error());
  }
  return show(recording.session(), asked);
}

Result<ExitCode> run(WhatIfAsked asked) {
  if (const Result<void> valid = validate(asked); !valid)
    return tl::unexpected(valid.error());
  if (asked.list) {
    const Result<std::vector<Lever>> levers = chosen_levers(asked);
    if (!levers)
      return tl::unexpected(levers.error());
    return write_output(levers_text(*levers, output_style())).map([] { return ExitCode::pass; });
  }
  if (!asked.recorded.empty())
    return read_session(asked.recorded).and_then([&](const Session &session) {
      return show(session, asked);
    });
  if (asked.resume.empty())
    return launch(asked, fresh_session(asked));
  Result<Session> session = session_to_go_on_with(asked);
  if (!session)
    return tl::unexpected(session.error());
  return launch(asked, std::move(*session));
}

} // namespace

void add_what_if(CLI::App &program, Verbs &verbs) {
  const auto asked = std::make_shared<WhatIfAsked>();
  CLI::App *verb =
      add_verb(program, "what-if",
               "Try levers, single changes to the boot, by counted launches in turn with the boot "
               "as it is, and rank "
               "them by what they save on this machine",
               {"bootperf what-if --list", "bootperf what-if --all --jobs 2",
                "bootperf what-if unsigned-modules q35 --together",
                "bootperf what-if --all --levers mine.yaml -o session.json",
                "bootperf what-if --resume session.json           goes on after an interruption",
                "bootperf what-if --recorded session.json         shows it again"});
  add_what_if_options(*verb, *asked);
  verbs.push_back({verb, [asked] { return run(*asked); }});
}

} // namespace bootperf
