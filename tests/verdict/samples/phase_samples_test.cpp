#include "verdict/samples/phase_samples.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

const std::string init_id = "run > launch > /init";

Launch launch_of(std::optional<std::uint64_t> spinning, std::optional<std::uint64_t> waiting_ns) {
  Phase phase;
  phase.id = init_id;
  phase.wall_ns = 7;
  phase.instructions = 1000;
  phase.stalls = {spinning, waiting_ns, {}};
  Launch launch;
  launch.phases.phases = {phase};
  return launch;
}

TEST(PhaseSamples, count_work_where_spinning_is_known_apart) {
  EXPECT_EQ(phase_values(launch_of(20, {}), Metric::instructions).at(init_id), 980);
  EXPECT_EQ(phase_values(launch_of({}, {}), Metric::instructions).at(init_id), 1000);
}

TEST(PhaseSamples, have_waiting_beside_the_instructions_and_not_beside_wall_time) {
  const Launch launch = launch_of(20, 0);
  EXPECT_EQ(phase_values(launch, Metric::instructions).at({init_id, Quantity::waiting}), 0);
  EXPECT_EQ(phase_values(launch, Metric::wall), (PhaseValues{{init_id, 7}}));
}

TEST(PhaseSamples, judge_a_wait_for_nothing_by_its_offset) {
  const PhaseValues values{{{init_id, Quantity::waiting}, 0}};
  EXPECT_EQ(judged_values({values}, {{init_id, Quantity::waiting}}),
            (LaunchValues{{waiting_offset_ns}}));
  EXPECT_TRUE(judged_values({values}, {{init_id, Quantity::waiting}, init_id}).empty());
}

} // namespace
} // namespace bootperf
