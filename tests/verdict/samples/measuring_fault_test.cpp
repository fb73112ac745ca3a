#include "verdict/samples/measuring_fault.h"

#include <gtest/gtest.h>

#include "verdict/baseline/update.h"
#include "verdict/check/check.h"
#include "verdict/compare/compare.h"
#include "verdict/samples/blocks.h"
#include "verdict/synthetic.h"

namespace bootperf {
namespace {

/// A launch of a host phase and three guest phases of a second each, with these counts.
Launch launch_with(const std::vector<std::uint64_t> &counts) {
  Launch launch;
  launch.scenario = "Launch/counted";
  launch.ok = true;
  launch.instructions = 0;
  Phase run, whole;
  run.id = run.name = "run";
  whole.id = "run > launch";
  whole.name = "launch";
  whole.parent = 0;
  launch.phases.phases = {run, whole};
  for (const std::uint64_t count : counts) {
    Phase phase;
    phase.name = "phase " + std::to_string(launch.phases.phases.size() - 1);
    phase.id = "run > launch > " + phase.name;
    phase.parent = 1;
    phase.start_ns = launch.wall_ns;
    phase.wall_ns = 1'000'000'000;
    phase.instructions = count;
    launch.wall_ns += phase.wall_ns;
    *launch.instructions += count;
    launch.phases.phases.push_back(phase);
  }
  launch.phases.phases[1].wall_ns = launch.wall_ns;
  launch.phases.phases[1].instructions = launch.instructions;
  return launch;
}

std::string fault(const Launch &launch, Metric metric) {
  return measuring_fault({.launches = {&launch}, .tried = 1, .failed = 0, .failure = ""}, metric);
}

TEST(MeasuringFault, is_none_where_the_host_works_before_the_guest_begins) {
  EXPECT_EQ(fault(launch_with({0, 500, 400, 300}), Metric::instructions), "");
}

TEST(MeasuringFault, is_a_counter_that_counts_nothing) {
  EXPECT_NE(fault(launch_with({0, 0, 0, 0}), Metric::instructions).find("counted nothing"),
            std::string::npos);
}

TEST(MeasuringFault, is_a_counter_that_stops) {
  const std::string stopped = fault(launch_with({0, 500, 0, 0}), Metric::instructions);
  EXPECT_NE(stopped.find("phase 3 took 1 s and no instruction"), std::string::npos) << stopped;
  EXPECT_EQ(fault(launch_with({0, 500, 0, 0}), Metric::wall), "") << "its clock went on";
}

TEST(MeasuringFault, is_none_where_two_lines_were_read_apart_that_were_put_out_together) {
  Launch launch = launch_with({0, 500, 0, 300});
  launch.phases.phases[4].wall_ns = 50'000'000;
  EXPECT_EQ(fault(launch, Metric::instructions), "");
}

TEST(MeasuringFault, is_a_counter_that_comes_no_longer) {
  Launch launch = launch_with({0, 500, 400, 300});
  launch.phases.phases.back().instructions.reset();
  EXPECT_NE(fault(launch, Metric::instructions), "");
}

TEST(MeasuringFault, is_a_clock_that_stands_still) {
  Launch launch = launch_with({0, 500, 400, 300});
  launch.wall_ns = 0;
  for (Phase &phase : launch.phases.phases)
    phase.wall_ns = 0;
  EXPECT_NE(fault(launch, Metric::wall).find("no time at all"), std::string::npos);
}

/// A session of which every launch was counted as 0.
Session counted_as_nothing(const std::string &id) {
  Session session = synthetic::session(id, "counted", 5);
  for (Launch &launch : session.launches) {
    launch.instructions = 0;
    for (Phase &phase : launch.phases.phases)
      phase.instructions = 0;
  }
  return session;
}

TEST(MeasuringFault, is_no_improvement) {
  const Policy policy = synthetic::policy();
  const Session before = synthetic::session("before", "counted", 30);
  const Baseline baseline =
      synthetic::baseline({before}, "Launch/counted", Metric::instructions, policy);
  const Session after = counted_as_nothing("after");
  const CheckReport checked = check_session(after, {baseline}, policy, {});
  EXPECT_EQ(checked.exit, ExitCode::not_measured);
  EXPECT_EQ(compare_session(paired(before, after).value(), policy, {}).exit,
            ExitCode::not_measured);
  BaselineUpdate update;
  update.scenario = "Launch/counted";
  update.metric = Metric::instructions;
  const auto updated = update_baseline({}, {after}, policy, update);
  ASSERT_FALSE(updated);
  EXPECT_EQ(updated.error().kind, ErrorKind::not_measured);
}

TEST(MeasuringFault, of_one_gated_phase_is_not_measured) {
  const Policy policy = synthetic::policy();
  Session before = synthetic::session("before", "counted", 30);
  const Baseline baseline =
      synthetic::baseline({before}, "Launch/counted", Metric::instructions, policy);
  Session after = synthetic::session("after", "counted", 5);
  for (Phase &phase : after.launches[2].phases.phases)
    if (phase.name == "/init") {
      phase.instructions = 0;
    }
  const CheckReport report = check_session(after, {baseline}, policy, {});
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_EQ(synthetic::phase(report, "run > launch > /init").reason,
            "0 in 1 of 5 launches of this session");
}

} // namespace
} // namespace bootperf
