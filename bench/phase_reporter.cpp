#include "bench/phase_reporter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "base/text.h"
#include "bench/benchmark_versions.h"
#include "report/launch/formats.h"
#include "report/launch/launches.h"
#include "report/launch/longest.h"
#include "statistics/summary.h"

namespace bootperf {
namespace {

constexpr double seconds_per_ns = 1e-9;
constexpr double ms_per_ns = 1e-6;
constexpr const char *counter_names[] = {"instructions",      "self_ms",        "host_cpu_ms",
                                         "peak_memory_bytes", "spinning",       "host_waiting_ms",
                                         "waiting_ms",        "guests_a_minute"};

/// What a run says of a launch or of one of its phases.
struct Values {
  double wall_seconds = 0;
  double cpu_seconds = 0;
  std::map<std::string, double> counters;
};

void add_stalls(Values &values, const Stalls &stalls) {
  if (stalls.spinning) {
    values.counters["spinning"] = static_cast<double>(*stalls.spinning);
  }
  if (stalls.waiting_ns) {
    values.counters["waiting_ms"] = static_cast<double>(*stalls.waiting_ns) * ms_per_ns;
  }
  if (stalls.host_waiting_ns) {
    values.counters["host_waiting_ms"] = static_cast<double>(*stalls.host_waiting_ns) * ms_per_ns;
  }
}

Values values_of(const Launch &launch) {
  Values values{static_cast<double>(launch.wall_ns) * seconds_per_ns, 0, {}};
  if (launch.host_cpu_ns) {
    values.cpu_seconds = static_cast<double>(*launch.host_cpu_ns) * seconds_per_ns;
    values.counters["host_cpu_ms"] = static_cast<double>(*launch.host_cpu_ns) * ms_per_ns;
  }
  if (launch.instructions) {
    values.counters["instructions"] = static_cast<double>(*launch.instructions);
  }
  add_stalls(values, launch.stalls);
  if (launch.peak_memory_bytes) {
    values.counters["peak_memory_bytes"] = static_cast<double>(*launch.peak_memory_bytes);
  }
  return values;
}

Values values_of(const Phase &phase) {
  Values values{static_cast<double>(phase.wall_ns) * seconds_per_ns, 0, {}};
  values.counters["self_ms"] = static_cast<double>(phase.self_ns) * ms_per_ns;
  if (phase.instructions) {
    values.counters["instructions"] = static_cast<double>(*phase.instructions);
  }
  add_stalls(values, phase.stalls);
  return values;
}

void put(Run &run, const Values &values) {
  // The library divides what it prints by the iterations; a percentage it prints as it is.
  const double scale = run.aggregate_unit == benchmark::kPercentage
                           ? 1.0
                           : static_cast<double>(std::max<std::int64_t>(run.iterations, 1));
  run.real_accumulated_time = values.wall_seconds * scale;
  run.cpu_accumulated_time = values.cpu_seconds * scale;
  run.counters.clear();
  for (const auto &[name, value] : values.counters) {
    run.counters[name] = benchmark::Counter(value);
  }
}

/// The parts that the library adds ("iterations:1", "manual_time") say nothing here and would make
/// a phase's name hard to select.
Run plain(Run run) {
  run.run_name.iterations.clear();
  run.run_name.time_type.clear();
  error_message(run) = printable(error_message(run));
  return run;
}

Run part_run(const Run &launch_run, const std::string &kind, const std::string &name,
             const Values &values) {
  Run run = launch_run;
  run.run_name.function_name += '/' + kind + ':' + printable(name);
  put(run, values);
  return run;
}

std::optional<double> aggregate(const std::string &name, const std::vector<double> &values) {
  const Summary summary = summarise(values);
  const double result = name == "mean"     ? summary.mean
                        : name == "median" ? summary.median
                        : name == "stddev" ? summary.standard_deviation
                        : name == "cv"     ? summary.standard_deviation / summary.mean
                                           : std::numeric_limits<double>::quiet_NaN();
  return std::isfinite(result) ? std::optional(result) : std::nullopt;
}

/// None when fewer than two launches gave the value, or the aggregate makes no sense.
std::optional<Values> aggregate(const std::string &name, const std::vector<Values> &samples) {
  std::vector<double> wall, cpu;
  std::map<std::string, std::vector<double>> counters;
  for (const auto &sample : samples) {
    wall.push_back(sample.wall_seconds);
    cpu.push_back(sample.cpu_seconds);
    for (const auto &[counter, value] : sample.counters) {
      counters[counter].push_back(value);
    }
  }
  const auto wall_seconds = samples.size() < 2 ? std::nullopt : aggregate(name, wall);
  if (!wall_seconds) {
    return std::nullopt;
  }
  Values values{*wall_seconds, aggregate(name, cpu).value_or(0), {}};
  for (const auto &[counter, given] : counters) {
    if (const auto value = aggregate(name, given); value && given.size() == samples.size()) {
      values.counters[counter] = *value;
    }
  }
  return values;
}

/// The launches of a scenario that count, whole and by phase, phases in the order of their first
/// launch.
struct Samples {
  std::vector<Values> launches;
  std::vector<std::pair<std::string, std::vector<Values>>> phases;
};

Samples samples_of(const Session &session, const std::string &scenario) {
  Samples samples;
  std::map<std::string, std::size_t> places;
  for (const auto &launch : session.launches) {
    if (launch.scenario != scenario || !launch.is_sample()) {
      continue;
    }
    samples.launches.push_back(values_of(launch));
    for (const auto &phase : launch.phases.phases) {
      const auto [place, fresh] = places.emplace(phase.id, samples.phases.size());
      if (fresh) {
        samples.phases.push_back({phase.id, {}});
      }
      samples.phases[place->second].second.push_back(values_of(phase));
    }
  }
  return samples;
}

/// The launch that a repetition made.
const Launch *launch_of(const Run &run, const Session &session,
                        const RepetitionPlaces &repetitions) {
  const auto found = repetitions.find(scenario_name(run));
  const auto repetition = static_cast<std::size_t>(run.repetition_index);
  if (found == repetitions.end() || repetition >= found->second.size())
    return nullptr;
  const std::optional<std::size_t> index = found->second[repetition];
  return index && *index < session.launches.size() ? &session.launches[*index] : nullptr;
}

void append_launch(std::vector<Run> &result, Run run, const Launch *launch,
                   const LongestFunctions &longest) {
  if (!launch) {
    result.push_back(std::move(run));
    return;
  }
  put(run, values_of(*launch));
  result.push_back(run);
  for (const auto &phase : launch->phases.phases) {
    result.push_back(part_run(run, "phase", phase.id, values_of(phase)));
  }
  for (const auto &[function, instructions] :
       longest ? longest(*launch) : std::vector<FunctionCount>()) {
    result.push_back(part_run(run, "function", function.object + ' ' + function.name,
                              Values{0, 0, {{"instructions", static_cast<double>(instructions)}}}));
  }
}

void append_aggregate(std::vector<Run> &result, Run run, const Samples &samples) {
  const std::string name = run.aggregate_name;
  if (const auto values = aggregate(name, samples.launches)) {
    put(run, *values);
  }
  result.push_back(run);
  for (const auto &[phase, given] : samples.phases) {
    if (const auto values = aggregate(name, given)) {
      result.push_back(part_run(run, "phase", phase, *values));
    }
  }
}

/// The mean of what some launches took and cost.
Values mean_of(std::span<const Values> launches) {
  const std::vector<Values> all(launches.begin(), launches.end());
  if (all.size() == 1) {
    return all.front();
  }
  return aggregate("mean", all).value_or(Values{});
}

/// Guests launched at once: the library divides their times by the threads, some versions twice, so
/// each repetition has the mean of as many launches as there are threads, in the order in which
/// they ended. How many came up a minute is the run's own.
void append_at_once(std::vector<Run> &result, Run run, const Samples &samples) {
  constexpr const char *rate = "guests_a_minute";
  const benchmark::Counter guests_a_minute = run.counters[rate];
  const std::size_t at = result.size();
  if (run.run_type == Run::RT_Aggregate) {
    append_aggregate(result, std::move(run), samples);
  } else {
    const auto threads = static_cast<std::size_t>(std::max<std::int64_t>(run.threads, 1));
    const std::span<const Values> all = samples.launches;
    const std::size_t first =
        std::min(all.size(), static_cast<std::size_t>(run.repetition_index) * threads);
    put(run, mean_of(all.subspan(first, std::min(threads, all.size() - first))));
    result.push_back(std::move(run));
  }
  result[at].counters[rate] = guests_a_minute;
}

using Reporter = std::unique_ptr<benchmark::BenchmarkReporter>;

// The CSV reporter is announced to go one day, and is still what --benchmark_format=csv means.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
Reporter csv_reporter() {
  return std::make_unique<benchmark::CSVReporter>();
}
#pragma GCC diagnostic pop

Reporter library_reporter(const std::string &format) {
  if (format == "json") {
    return std::make_unique<benchmark::JSONReporter>();
  }
  if (format == "csv") {
    return csv_reporter();
  }
  return std::make_unique<benchmark::ConsoleReporter>(benchmark::ConsoleReporter::OO_None);
}

} // namespace

std::vector<Run> with_phases(const std::vector<Run> &runs, const Session &session,
                             const RepetitionPlaces &repetitions, const LongestFunctions &longest) {
  std::vector<Run> result;
  std::optional<Samples> samples;
  for (const auto &given : runs) {
    Run run = plain(given);
    const bool is_at_once = !run.run_name.threads.empty();
    if (!samples && (is_at_once || run.run_type == Run::RT_Aggregate)) {
      samples = samples_of(session, scenario_name(run));
    }
    if (failed(run)) {
      result.push_back(std::move(run));
    } else if (is_at_once) {
      append_at_once(result, std::move(run), *samples);
    } else if (run.run_type == Run::RT_Aggregate) {
      append_aggregate(result, std::move(run), *samples);
    } else {
      const Launch *launch = launch_of(run, session, repetitions);
      append_launch(result, std::move(run), launch, longest);
    }
  }
  return result;
}

void make_counters_uniform(std::vector<Run> &runs) {
  for (auto &run : runs) {
    for (const char *name : counter_names) {
      run.counters.try_emplace(name, std::numeric_limits<double>::quiet_NaN());
    }
  }
}

std::string scenario_name(const Run &run) {
  const std::string &threads = run.run_name.threads;
  return run.run_name.function_name + (threads.empty() ? "" : '/' + threads);
}

PhaseReporter::PhaseReporter(const Session &session, Progress &progress, TextStyle style)
    : session_(session), progress_(progress), style_(style) {}

bool PhaseReporter::ReportContext(const Context &) {
  return true;
}

void PhaseReporter::ReportRuns(const std::vector<Run> &runs) {
  if (runs.empty() || !shown_.insert(scenario_name(runs.front())).second) {
    return;
  }
  progress_.clear();
  auto &out = GetOutputStream();
  const Scenario *scenario = session_.scenario(scenario_name(runs.front()));
  if (scenario) {
    const Launches launches = launches_of(session_, *scenario);
    out << '\n' << timeline(launches, style_);
    if (std::ranges::any_of(launches.trees,
                            [](const PhaseTree *tree) { return tree != nullptr; })) {
      out << '\n' << longest_text(longest_phases(launches), style_);
    }
  } else {
    // Nothing was launched at all; the error is all there is to say.
    for (Run run : runs) {
      if (failed(run)) {
        GetErrorStream() << scenario_name(run) << ": " << printable(error_message(run)) << '\n';
        break;
      }
    }
  }
  out << std::flush;
}

void PhaseReporter::Finalize() {
  progress_.clear();
  if (const std::string beside = scenarios_text(session_, style_); !beside.empty()) {
    GetOutputStream() << '\n' << beside << std::flush;
  }
}

PhaseRunsReporter::PhaseRunsReporter(const std::string &format, const Recorder &recorder,
                                     Progress &progress, LongestFunctions longest)
    : recorder_(recorder), progress_(progress), longest_(std::move(longest)),
      uniform_(format == "csv"), inner_(library_reporter(format)) {}

bool PhaseRunsReporter::ReportContext(const Context &context) {
  inner_->SetOutputStream(&GetOutputStream());
  // The library would write the machine's description in front of the table, which no reader of CSV
  // takes.
  inner_->SetErrorStream(uniform_ ? &nowhere_ : &GetErrorStream());
  return inner_->ReportContext(context);
}

void PhaseRunsReporter::ReportRuns(const std::vector<Run> &runs) {
  progress_.clear();
  auto reported = with_phases(runs, recorder_.session(), recorder_.repetitions(), longest_);
  if (uniform_) {
    make_counters_uniform(reported);
  }
  inner_->ReportRuns(reported);
}

void PhaseRunsReporter::Finalize() {
  inner_->Finalize();
}

} // namespace bootperf
