#include "bench/recorder.h"

#include <algorithm>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "campaign/scratch_place.h"

namespace bootperf {
namespace {

using Clock = std::chrono::steady_clock;

// A launch that hangs costs its whole deadline: do not wait for that in every repetition.
constexpr int most_failures = 3;

RecordingPlaces places_of(RecordingPlan &plan) {
  RecordingPlaces places{.session = plan.options.session,
                         .logs = plan.logs,
                         .scratch = scratch_place(),
                         .warnings = plan.warnings};
  places.versions[plan.options.subject] = plan.versions;
  return places;
}

} // namespace

Recorder::Recorder(Launcher &launcher, const Rules &rules, RecordingPlan plan, Session session,
                   Progress &progress)
    : plan_(std::move(plan)), recording_(launcher, rules, places_of(plan_), std::move(session)),
      progress_(progress) {}

Result<std::size_t> Recorder::measure(const ScenarioPlan &scenario) {
  State &state = states_[scenario.name];
  if (stopped()) {
    return tl::unexpected(*stopped());
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
  const auto result = std::move(state.ready.front());
  state.ready.pop_front();
  note_outcome(state, result);
  return result.map([](const Recorded &recorded) { return recorded.index; });
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

void Recorder::note_outcome(State &state, const Result<Recorded> &result) {
  if (!result) {
    state.given_up = result.error();
    return;
  }
  if (result->launch.ok) {
    state.failures = -1;
  } else if (state.failures >= 0 && ++state.failures == most_failures) {
    state.given_up =
        Error{ErrorKind::not_measured, fmt::format("given up after {} failed launches in a row: {}",
                                                   most_failures, result->launch.failure)};
  }
}

void Recorder::launch_ahead(const ScenarioPlan &scenario, State &state) {
  // Only a count does not mind who else is running.
  const int jobs = scenario.mode == Mode::counted ? plan_.options.jobs : 1;
  const int count = std::clamp(plan_.repetitions - state.asked, 1, jobs);
  std::vector<Result<Recorded>> results(static_cast<std::size_t>(count), Recorded{});
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

Result<Recorded> Recorder::launch_warm(const ScenarioPlan &scenario, const std::string &what) {
  for (int rebuilt = 0; rebuilt < most_rebuilds; ++rebuilt) {
    auto launched = launch_once(scenario, false, what);
    if (!launched || !launched->launch.appliance_rebuilt) {
      return launched;
    }
    const std::scoped_lock lock(mutex_);
    progress_.add_one();
  }
  return tl::unexpected(never_warm(scenario.name));
}

Result<Recorded> Recorder::launch_once(const ScenarioPlan &scenario, bool warmup,
                                       const std::string &what) {
  {
    const std::scoped_lock lock(mutex_);
    began_ = began_.value_or(Clock::now());
    progress_.begin(what);
  }
  const auto recorded = recording_.launch(request_for(scenario), {.scenario = scenario.name,
                                                                  .subject = plan_.options.subject,
                                                                  .warmup = warmup,
                                                                  .cold = scenario.cold});
  if (!recorded) {
    return tl::unexpected(recorded.error());
  }
  const std::scoped_lock lock(mutex_);
  for (const auto &warning : recorded->warnings) {
    progress_.say("WARNING: " + printable(warning));
  }
  if (!recorded->launch.ok) {
    progress_.clear();
  }
  progress_.end(what, outcome_text(recorded->launch), Clock::now() - *began_);
  return recorded;
}

LaunchRequest Recorder::request_for(const ScenarioPlan &scenario) const {
  LaunchRequest request = request_of(plan_.options, scenario.mode, plan_.options.environment);
  if (scenario.memsize_mib) {
    request.memsize_mib = scenario.memsize_mib;
  }
  if (scenario.smp) {
    request.smp = scenario.smp;
  }
  return request;
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
