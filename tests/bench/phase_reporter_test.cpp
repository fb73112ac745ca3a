#include "bench/phase_reporter.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "bench/benchmark_versions.h"

namespace bootperf {
namespace {

Launch launch(std::int64_t wall_ns) {
  Launch made;
  made.scenario = "Launch/traced";
  made.ok = true;
  made.wall_ns = wall_ns;
  made.host_cpu_ns = 2'000'000;
  Phase run;
  run.id = run.name = "run";
  run.wall_ns = wall_ns + 1;
  Phase whole;
  whole.id = "run > launch";
  whole.name = "launch";
  whole.parent = 0;
  whole.wall_ns = wall_ns;
  whole.self_ns = 1'000'000;
  whole.instructions = 77;
  made.phases.phases = {run, whole};
  return made;
}

Session session() {
  Session made;
  made.launches = {launch(10'000'000), launch(20'000'000)};
  return made;
}

/// Every launch of the session is a repetition.
std::vector<Run> with_phases(const std::vector<Run> &runs, const Session &recorded) {
  return bootperf::with_phases(runs, recorded, {{"Launch/traced", {0, 1}}});
}

Run repetition(std::int64_t index) {
  Run run;
  run.run_name.function_name = "Launch/traced";
  run.run_name.iterations = "iterations:1";
  run.run_name.time_type = "manual_time";
  run.time_unit = benchmark::kMillisecond;
  run.iterations = 1;
  run.repetition_index = index;
  return run;
}

Run aggregate(const std::string &name) {
  Run run = repetition(0);
  run.run_type = Run::RT_Aggregate;
  run.aggregate_name = name;
  run.iterations = 2;
  run.aggregate_unit = name == "cv" ? benchmark::kPercentage : benchmark::kTime;
  return run;
}

template <class AnyRun>
AnyRun failed_repetition(AnyRun run, const std::string &message) {
  if constexpr (requires { run.error_occurred; }) {
    run.error_occurred = true;
  } else {
    run.skipped = static_cast<decltype(run.skipped)>(2); // with an error
  }
  error_message(run) = message;
  return run;
}

const Run &named(const std::vector<Run> &runs, const char *name) {
  const auto found =
      std::ranges::find_if(runs, [&](const Run &run) { return run.benchmark_name() == name; });
  static const Run none;
  EXPECT_NE(found, runs.end()) << name;
  return found == runs.end() ? none : *found;
}

TEST(PhaseRuns, follow_the_launch_they_are_part_of) {
  const auto runs = with_phases({repetition(1)}, session());
  ASSERT_EQ(runs.size(), 3u);
  EXPECT_EQ(runs[0].benchmark_name(), "Launch/traced");
  EXPECT_DOUBLE_EQ(runs[0].GetAdjustedRealTime(), 20.0);
  EXPECT_DOUBLE_EQ(runs[0].GetAdjustedCPUTime(), 2.0);
  EXPECT_EQ(runs[1].benchmark_name(), "Launch/traced/phase:run");
  const auto &phase = named(runs, "Launch/traced/phase:run > launch");
  EXPECT_DOUBLE_EQ(phase.GetAdjustedRealTime(), 20.0);
  EXPECT_DOUBLE_EQ(phase.counters.at("self_ms").value, 1.0);
  EXPECT_DOUBLE_EQ(phase.counters.at("instructions").value, 77.0);
}

TEST(PhaseRuns, are_those_of_the_repetition_wherever_its_launch_is) {
  auto recorded = session();
  recorded.launches.insert(recorded.launches.begin(), launch(5'000'000)); // a warm-up
  const RepetitionPlaces places = {{"Launch/traced", {std::nullopt, 2}}};
  const auto runs = bootperf::with_phases({repetition(0), repetition(1)}, recorded, places);
  ASSERT_EQ(runs.size(), 4u); // the first has no launch, so no phases either
  EXPECT_DOUBLE_EQ(runs[1].GetAdjustedRealTime(), 20.0);
}

TEST(FunctionRuns, follow_the_phases_of_a_launch_that_was_profiled) {
  const auto longest = [](const Launch &) {
    return std::vector<FunctionCount>{{{"vmlinux", "sha256\x1b[2J"}, 466}};
  };
  const auto runs = bootperf::with_phases({repetition(0), aggregate("mean")}, session(),
                                          {{"Launch/traced", {0, 1}}}, longest);
  const auto &function = named(runs, "Launch/traced/function:vmlinux sha256\\x1b[2J");
  EXPECT_EQ(function.counters.at("instructions"), 466);
  EXPECT_EQ(function.real_accumulated_time, 0);
  EXPECT_EQ(std::ranges::count_if(runs,
                                  [](const auto &run) {
                                    return run.benchmark_name().find("function:") !=
                                           std::string::npos;
                                  }),
            1);
}

TEST(PhaseRuns, are_aggregated_like_the_launches) {
  const auto runs =
      with_phases({aggregate("mean"), aggregate("stddev"), aggregate("cv")}, session());
  EXPECT_DOUBLE_EQ(named(runs, "Launch/traced/phase:run > launch_mean").GetAdjustedRealTime(),
                   15.0);
  const double deviation = 10.0 / std::sqrt(2.0);
  EXPECT_DOUBLE_EQ(named(runs, "Launch/traced/phase:run > launch_stddev").GetAdjustedRealTime(),
                   deviation);
  EXPECT_DOUBLE_EQ(named(runs, "Launch/traced/phase:run > launch_cv").real_accumulated_time,
                   deviation / 15.0);
  EXPECT_DOUBLE_EQ(named(runs, "Launch/traced_mean").GetAdjustedCPUTime(), 2.0);
}

TEST(PhaseRuns, have_no_aggregate_of_a_phase_measured_once) {
  auto given = session();
  given.launches[1].phases.phases.pop_back();
  const auto runs = with_phases({aggregate("mean")}, given);
  EXPECT_EQ(runs.size(), 2u); // the launch and "run"
}

TEST(PhaseRuns, leave_a_failed_launch_an_error_without_phases) {
  const auto runs =
      with_phases({failed_repetition(repetition(0), "launch failed\x1b[2J")}, session());
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_TRUE(failed(runs[0]));
  auto shown = runs[0];
  EXPECT_EQ(error_message(shown).find('\x1b'), std::string::npos);
}

TEST(PhaseRuns, can_all_have_the_same_counters) {
  auto runs = with_phases({repetition(0), aggregate("mean")}, session());
  make_counters_uniform(runs);
  for (const auto &run : runs) {
    EXPECT_EQ(run.counters.size(), runs.front().counters.size());
  }
}

} // namespace
} // namespace bootperf
