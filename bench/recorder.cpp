#include "bench/recorder.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/text.h"
#include "bench/benchmark_versions.h"
#include "capacity/capacity.h"
#include "capacity/memory.h"
#include "whatif/preparation.h"

namespace bootperf {
namespace {

RecordingPlaces places_of(const RecordingPlan &plan) {
  RecordingPlaces places{
      .session = plan.options.session, .logs = plan.logs, .warnings = plan.warnings};
  places.versions[plan.options.subject] = plan.versions;
  for (const std::size_t at_once : plan.at_once)
    places.versions[level_subject(at_once)] = plan.versions;
  return places;
}

Variant variant_of(const ScenarioPlan &scenario, const Options &options) {
  Variant variant{.scenario = scenario.name,
                  .subject =
                      scenario.at_once > 0 ? level_subject(scenario.at_once) : options.subject,
                  .cold = scenario.cold};
  variant.request = request_of(options, scenario.mode, options.environment);
  variant.request.profiled = scenario.profiled;
  variant.request.guest = scenario.guest;
  variant.request.network = variant.request.network || scenario.network;
  if (scenario.memsize_mib) {
    variant.request.memsize_mib = scenario.memsize_mib;
  }
  if (scenario.smp) {
    variant.request.smp = scenario.smp;
  }
  return variant;
}

/// The launch with a lever; its files are made when it is first launched.
Result<LaunchRequest> lever_request(const Lever &lever, const LaunchRequest &as_it_is,
                                    const std::filesystem::path &scratch) {
  if (const auto missing = missing_need(lever.needs)) {
    return fail(ErrorKind::not_measured, *missing);
  }
  return prepare_lever(lever, as_it_is, scratch / lever.name);
}

std::string failure_text(const Launch &launch) {
  return printable(fmt::format("launch failed in {}: {}",
                               launch.failure_phase.empty() ? "no phase" : launch.failure_phase,
                               launch.failure));
}

/// The body of the benchmark: a launch an iteration. A launch that failed is an error, not a time.
void launch(benchmark::State &state, const ScenarioPlan &scenario, Recorder &recorder) {
  for ([[maybe_unused]] auto _ : state) {
    const auto measured = recorder.measure(scenario);
    if (!measured) {
      skip_with_error(state, printable(measured.error().message));
      break;
    }
    // No launch is made while others of its round wait to be handed out.
    const Launch &made = recorder.session().launches[*measured];
    if (!made.ok) {
      skip_with_error(state, failure_text(made));
      break;
    }
    state.SetIterationTime(static_cast<double>(made.wall_ns) * 1e-9);
  }
  // Counters of threads are added up.
  if (scenario.at_once > 0 && state.thread_index() == 0) {
    state.counters["guests_a_minute"] = recorder.guests_a_minute(scenario.at_once);
  }
}

} // namespace

Recorder::Recorder(Launcher &launcher, const Rules &rules, RecordingPlan plan, Session session,
                   Progress &progress)
    : plan_(std::move(plan)), recording_(launcher, rules, places_of(plan_), std::move(session)),
      display_(progress), campaign_(recording_, display_) {}

Recorder::State &Recorder::state_of(const ScenarioPlan &scenario) {
  const auto [state, fresh] = states_.try_emplace(scenario.name);
  if (fresh) {
    Variant &variant = state->second.variant = variant_of(scenario, plan_.options);
    if (scenario.lever) {
      auto request = lever_request(*scenario.lever, variant.request, plan_.scratch);
      if (request) {
        variant.request = std::move(*request);
      } else {
        state->second.refused = request.error();
      }
    }
  }
  return state->second;
}

Result<std::size_t> Recorder::measure(const ScenarioPlan &scenario) {
  const std::scoped_lock lock(mutex_);
  const Result<std::size_t> index = next(scenario, state_of(scenario));
  if (scenario.at_once == 0) {
    repetitions_[scenario.name].push_back(index ? std::optional(*index) : std::nullopt);
  }
  return index;
}

Result<std::size_t> Recorder::next(const ScenarioPlan &scenario, State &state) {
  if (stopped()) {
    return tl::unexpected(*stopped());
  }
  if (state.refused) {
    return tl::unexpected(*state.refused);
  }
  if (state.ready.empty()) {
    if (auto warm = warm_up(state); !warm) {
      return tl::unexpected(warm.error());
    }
    if (auto error = campaign_.given_up(state.variant)) {
      return tl::unexpected(std::move(*error));
    }
    if (auto launched = launch_ahead(scenario, state); !launched) {
      return tl::unexpected(launched.error());
    }
  }
  const auto result = std::move(state.ready.front());
  state.ready.pop_front();
  return result.map([](const Recorded &recorded) { return recorded.index; });
}

Result<void> Recorder::warm_up(State &state) {
  if (state.warm) {
    return {};
  }
  state.warm = true;
  const WarmUps warm_ups{plan_.options.warmup,
                         std::chrono::duration<double>(plan_.min_warmup_seconds)};
  return campaign_.warm_up({&state.variant}, warm_ups, [&](const Variant &variant, int number) {
    return fmt::format("{} warm-up {}/{}", variant.scenario, number,
                       std::max(plan_.options.warmup, number));
  });
}

Result<void> Recorder::launch_ahead(const ScenarioPlan &scenario, State &state) {
  return scenario.at_once > 0 ? launch_at_once(scenario, state) : launch_some(scenario, state);
}

Result<void> Recorder::launch_some(const ScenarioPlan &scenario, State &state) {
  // Only a count does not mind who else is running.
  const int jobs = scenario.mode == Mode::counted ? plan_.options.jobs : 1;
  const int count = std::clamp(plan_.repetitions - state.asked, 1, jobs);
  launch_round(scenario, state, count, jobs, plan_.repetitions);
  return {};
}

/// All repetitions' launches one behind the other, so many at a time: at the end of each repetition
/// nobody waits for the slowest.
Result<void> Recorder::launch_at_once(const ScenarioPlan &scenario, State &state) {
  if (std::string none =
          no_memory_for(scenario.at_once, largest_guest(session()), plan_.available_memory());
      !none.empty()) {
    state.refused = Error{ErrorKind::not_measured, std::move(none), {}};
    return tl::unexpected(*state.refused);
  }
  const int jobs = static_cast<int>(scenario.at_once);
  const std::int64_t began = monotonic_ns();
  launch_round(scenario, state, plan_.repetitions * jobs, jobs, plan_.repetitions * jobs);
  return stopped() ? Result<void>() : add_to_capacity(scenario.at_once, monotonic_ns() - began);
}

void Recorder::launch_round(const ScenarioPlan &scenario, State &state, int count, int jobs,
                            int all) {
  Round round{.orders = {}, .jobs = jobs};
  for (int i = 0; i < count; ++i) {
    ++state.asked;
    round.orders.push_back({&state.variant, fmt::format("{} {}/{}", scenario.name, state.asked,
                                                        std::max(state.asked, all))});
  }
  std::ranges::move(campaign_.launch_all(round), std::back_inserter(state.ready));
}

/// So that `bootperf capacity --recorded` answers from the session.
Result<void> Recorder::add_to_capacity(std::size_t at_once, std::int64_t elapsed_ns) {
  CapacityRun run = session().capacity.value_or(CapacityRun{});
  run.levels.push_back({at_once, static_cast<std::uint64_t>(elapsed_ns)});
  std::ranges::sort(run.levels, {}, &CapacityLevelRun::at_once);
  run.ended = "boot_benchmarks was asked for no others";
  recording_.set_capacity(std::move(run));
  return write_session(plan_.options.session, session());
}

double Recorder::guests_a_minute(std::size_t at_once) const {
  const std::scoped_lock lock(mutex_);
  const Result<CapacityCurve> curve = capacity_curve(session());
  if (!curve) {
    return 0;
  }
  const auto level = std::ranges::find(curve->levels, at_once, &CapacityLevel::at_once);
  return level == curve->levels.end() ? 0 : level->a_minute();
}

void register_launches(const ScenarioPlan &scenario, Recorder &recorder) {
  // Neither Unit() nor Repetitions(): either would defeat the flag of that name.
  auto *const registered = register_benchmark(
      scenario.at_once > 0 ? of_capacity : scenario.name,
      [scenario, &recorder](benchmark::State &state) { launch(state, scenario, recorder); });
  registered->UseManualTime()->Iterations(1);
  if (scenario.at_once > 0) {
    registered->Threads(static_cast<int>(scenario.at_once));
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
