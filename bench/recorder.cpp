#include "bench/recorder.h"

#include <algorithm>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/text.h"
#include "bench/scratch_place.h"
#include "capture/scratch_directory.h"
#include "session/collect.h"

namespace bootperf {
namespace {

using Clock = std::chrono::steady_clock;

// A cold cache is warm after one launch; one that is rebuilt again and again never gets warm.
constexpr int most_rebuilds = 3;
// A launch that hangs costs its whole deadline: do not wait for that in every repetition.
constexpr int most_failures = 3;

std::string log_name(std::string scenario, int number) {
  std::ranges::replace_if(
      scenario, [](char c) { return c == '/' || c == ':'; }, '-');
  return fmt::format("{}-{:03}.jsonl", scenario, number);
}

std::string outcome_text(const Launch &launch) {
  if (!launch.ok) {
    return fmt::format("failed in {}: {}",
                       launch.failure_phase.empty() ? "no phase" : launch.failure_phase,
                       launch.failure);
  }
  return duration_text(launch.wall_ns) +
         (launch.appliance_rebuilt ? " (rebuilt the appliance)" : "");
}

} // namespace

Recorder::Recorder(Launcher &launcher, const Rules &rules, RecordingPlan plan, Session session,
                   Progress &progress)
    : launcher_(launcher), rules_(rules), plan_(std::move(plan)), session_(std::move(session)),
      progress_(progress) {}

Result<std::size_t> Recorder::measure(const ScenarioPlan &scenario) {
  State &state = states_[scenario.name];
  if (stopped_) {
    return tl::unexpected(*stopped_);
  }
  if (state.ready.empty() && !state.given_up) {
    if (auto warm = warm_up(scenario, state); !warm) {
      return tl::unexpected(warm.error());
    }
  }
  if (state.ready.empty() && state.given_up) {
    return tl::unexpected(*state.given_up);
  }
  if (state.ready.empty()) {
    launch_ahead(scenario, state);
  }
  auto result = std::move(state.ready.front());
  state.ready.pop_front();
  note_outcome(state, result);
  return result;
}

Result<void> Recorder::warm_up(const ScenarioPlan &scenario, State &state) {
  const auto began = Clock::now();
  const auto warm_enough = [&](int made) {
    return made >= plan_.options.warmup &&
           Clock::now() - began >= std::chrono::duration<double>(plan_.min_warmup_seconds);
  };
  for (int made = 0; !state.warm && !warm_enough(made) && !state.given_up; ++made) {
    const auto what = fmt::format("{} warm-up {}/{}", scenario.name, made + 1,
                                  std::max(plan_.options.warmup, made + 1));
    auto launched = launch_once(scenario, true, what);
    note_outcome(state, launched);
    if (!launched) {
      return tl::unexpected(launched.error());
    }
  }
  state.warm = true;
  return {};
}

void Recorder::note_outcome(State &state, const Result<std::size_t> &result) {
  const std::scoped_lock lock(mutex_);
  if (!result) {
    state.given_up = result.error();
    return;
  }
  if (session_.launches[*result].ok) {
    state.failures = -1;
  } else if (state.failures >= 0 && ++state.failures == most_failures) {
    const auto &launch = session_.launches[*result];
    state.given_up =
        Error{ErrorKind::not_measured, fmt::format("given up after {} failed launches in a row: {}",
                                                   most_failures, launch.failure)};
  }
}

void Recorder::launch_ahead(const ScenarioPlan &scenario, State &state) {
  // Only a count does not mind who else is running.
  const int jobs = scenario.mode == Mode::counted ? plan_.options.jobs : 1;
  const int count = std::clamp(plan_.repetitions - state.asked, 1, jobs);
  std::vector<Result<std::size_t>> results(static_cast<std::size_t>(count), std::size_t{0});
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 0; i < results.size(); ++i) {
      ++state.asked;
      const auto what = fmt::format("{} {}/{}", scenario.name, state.asked,
                                    std::max(state.asked, plan_.repetitions));
      const auto run = [this, &scenario, &results, i, what] {
        results[i] = launch_warm(scenario, what);
      };
      if (count == 1) {
        run();
      } else {
        others.emplace_back(run);
      }
    }
  }
  std::ranges::move(results, std::back_inserter(state.ready));
}

Result<std::size_t> Recorder::launch_warm(const ScenarioPlan &scenario, const std::string &what) {
  for (int rebuilt = 0; rebuilt < most_rebuilds; ++rebuilt) {
    auto launched = launch_once(scenario, false, what);
    const std::scoped_lock lock(mutex_);
    if (!launched || !session_.launches[*launched].appliance_rebuilt) {
      return launched;
    }
    progress_.add_one();
  }
  return fail(ErrorKind::not_measured,
              fmt::format("{}: {} launches in a row rebuilt the appliance; is its cache directory "
                          "(LIBGUESTFS_CACHEDIR) kept and writable?",
                          scenario.name, most_rebuilds));
}

Result<std::size_t> Recorder::launch_once(const ScenarioPlan &scenario, bool warmup,
                                          const std::string &what) {
  LaunchRequest request;
  {
    const std::scoped_lock lock(mutex_);
    if (stopped_) {
      return tl::unexpected(*stopped_);
    }
    request = request_for(scenario);
    began_ = began_.value_or(Clock::now());
    progress_.begin(what);
  }
  std::optional<ScratchDirectory> cache;
  if (scenario.cold) {
    auto made = ScratchDirectory::make(scratch_place());
    if (!made) {
      return tl::unexpected(stop(made.error()));
    }
    cache = std::move(*made);
    request.environment["LIBGUESTFS_CACHEDIR"] = cache->path();
  }
  const auto started = utc_text(std::chrono::system_clock::now());
  const auto log = launcher_.launch(request);
  if (!log) {
    return tl::unexpected(stop(log.error()));
  }
  auto launch =
      to_launch(*log, rules_.split(*log), {scenario.name, plan_.options.subject, started, warmup});
  if (scenario.cold) {
    launch.appliance_rebuilt = false; // on purpose: no reason to set it aside
  }
  const std::scoped_lock lock(mutex_);
  const auto outcome = outcome_text(launch);
  const bool failed = !launch.ok;
  auto recorded = record(scenario, *log, std::move(launch));
  if (failed) {
    progress_.clear();
  }
  progress_.end(what, outcome, Clock::now() - *began_);
  return recorded;
}

/// Puts the launch into the session and the session onto the disk.
Result<std::size_t> Recorder::record(const ScenarioPlan &scenario, const BootLog &log,
                                     Launch launch) {
  describe(scenario, log);
  session_.launches.push_back(std::move(launch));
  take_warnings();
  if (auto written = write_session(plan_.options.session, session_); !written) {
    stopped_ = written.error();
    return tl::unexpected(*stopped_);
  }
  return session_.launches.size() - 1;
}

/// Keeps what stops everything: an interruption, a disk that is full.
Error Recorder::stop(Error error) {
  const std::scoped_lock lock(mutex_);
  if (error.kind != ErrorKind::not_measured) {
    stopped_ = error;
  }
  return error;
}

LaunchRequest Recorder::request_for(const ScenarioPlan &scenario) {
  const Options &options = plan_.options;
  LaunchRequest request;
  request.mode = scenario.mode;
  request.accelerator = options.accelerator;
  request.backend = options.backend;
  request.memsize_mib = scenario.memsize_mib ? scenario.memsize_mib : options.memsize_mib;
  request.smp = scenario.smp ? scenario.smp : options.smp;
  request.network = options.network;
  request.append = options.append;
  request.drives = options.drives;
  request.environment = options.environment;
  request.deadline = options.deadline;
  request.log = plan_.logs / log_name(session_.id + "-" + scenario.name, ++logs_);
  return request;
}

/// What a failed launch says of its scenario stands only until one came up.
void Recorder::describe(const ScenarioPlan &scenario, const BootLog &log) {
  const bool came_up = std::ranges::any_of(session_.launches, [&](const Launch &launch) {
    return launch.scenario == scenario.name && launch.ok;
  });
  const auto found = std::ranges::find(session_.scenarios, scenario.name, &Scenario::name);
  if (found != session_.scenarios.end() && (came_up || !log.ok())) {
    return;
  }
  Scenario described = scenario_from(log, scenario.name);
  described.cold = scenario.cold;
  if (described.mode.empty()) {
    described.mode = to_text(scenario.mode);
  }
  for (const auto &[component, version] : plan_.versions) {
    described.versions[component] = version;
  }
  if (found == session_.scenarios.end()) {
    session_.scenarios.push_back(std::move(described));
  } else {
    *found = std::move(described);
  }
}

void Recorder::take_warnings() {
  for (const auto &warning : plan_.warnings()) {
    if (std::ranges::find(session_.warnings, warning) == session_.warnings.end()) {
      session_.warnings.push_back(warning);
      progress_.say("WARNING: " + printable(warning));
    }
  }
}

ExitCode recording_outcome(const Session &session, const std::vector<ScenarioPlan> &scenarios,
                           const std::optional<Error> &stopped) {
  if (stopped) {
    return exit_code(stopped->kind);
  }
  const auto measured = [&](const ScenarioPlan &scenario) {
    return std::ranges::any_of(session.launches, [&](const Launch &launch) {
      return launch.scenario == scenario.name && launch.is_sample();
    });
  };
  return std::ranges::all_of(scenarios, measured) ? ExitCode::pass : ExitCode::not_measured;
}

} // namespace bootperf
