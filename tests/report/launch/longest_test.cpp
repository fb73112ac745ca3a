#include "report/launch/longest.h"

#include <gtest/gtest.h>

#include "report/golden.h"
#include "report/trees.h"

namespace bootperf {
namespace {

Launches one(const PhaseTree &tree) {
  Launches launches;
  launches.trees = {&tree};
  return launches;
}

int sum_of(const LongestTable &table) {
  int sum = table.rest.per_mille;
  for (const SelfTime &phase : table.phases)
    sum += phase.per_mille;
  return sum;
}

TEST(Longest, is_in_order_of_self_time) {
  const PhaseTree tree = small_launch();
  const LongestTable table = longest_phases(one(tree));
  ASSERT_GE(table.phases.size(), 3U);
  EXPECT_EQ(table.phases[0].name, "/init");
  EXPECT_EQ(table.phases[0].ns, 500 * ms);
  EXPECT_EQ(table.phases[1].name, "seabios");
  // kernel by itself: 700 − 80 − 500, which is its "(other)".
  EXPECT_EQ(table.phases[2].name, "kernel");
  EXPECT_EQ(table.phases[2].ns, 120 * ms);
  expect_golden("longest.txt", longest_text(table, {false, true, 0}));
}

TEST(Longest, adds_up_to_the_run_and_to_100_percent) {
  const PhaseTree tree = small_launch(1); // 1001 ms: no share is round
  for (const std::size_t most : {1U, 3U, 15U}) {
    const LongestTable table = longest_phases(one(tree), most);
    double ns = table.rest.ns;
    for (const SelfTime &phase : table.phases)
      ns += phase.ns;
    EXPECT_EQ(ns, 1001 * ms);
    EXPECT_EQ(table.total.ns, 1001 * ms);
    EXPECT_EQ(sum_of(table), 1000);
    EXPECT_EQ(table.total.per_mille, 1000);
  }
}

TEST(Longest, counts_a_missing_phase_as_its_parents_time) {
  const PhaseTree with = small_launch();
  PhaseTree without = small_launch();
  std::erase_if(without.phases, [](const Phase &phase) { return phase.name == "shutdown"; });
  Launches launches;
  launches.trees = {&with, &without};
  const LongestTable table = longest_phases(launches);
  EXPECT_EQ(table.total.ns, 1000 * ms);
  for (const SelfTime &phase : table.phases) {
    if (phase.name == "shutdown" || phase.name == "run") {
      EXPECT_EQ(phase.ns, 50 * ms) << phase.name;
    }
  }
}

TEST(Longest, leaves_out_what_overlaps) {
  const PhaseTree tree = TreeBuilder()
                             .add("", "run", 0, 100 * ms)
                             .add("run", "initcall a", 0, 60 * ms)
                             .add("run", "initcall b", 10 * ms, 70 * ms)
                             .overlapping()
                             .tree();
  const LongestTable table = longest_phases(one(tree));
  EXPECT_EQ(table.total.ns, 100 * ms);
  ASSERT_EQ(table.phases.size(), 2U);
  EXPECT_EQ(table.phases[1].ns, 40 * ms);
}

TEST(Longest, survives_children_longer_than_their_parent) {
  const PhaseTree tree =
      TreeBuilder().add("", "run", 0, 10 * ms).add("run", "launch", 0, 90 * ms).tree();
  const LongestTable table = longest_phases(one(tree));
  EXPECT_EQ(sum_of(table), 1000);
  EXPECT_EQ(table.total.ns, 90 * ms);
}

TEST(Longest, of_nothing_is_nothing) {
  EXPECT_EQ(longest_text(longest_phases({}), {}), "");
}

} // namespace
} // namespace bootperf
