#include "report/launch/phase_rows.h"

#include <gtest/gtest.h>

#include "report/trees.h"

namespace bootperf {
namespace {

const PhaseRow *row_named(const std::vector<PhaseRow> &rows, const std::string &name) {
  for (const PhaseRow &row : rows) {
    if (row.name == name)
      return &row;
  }
  return nullptr;
}

TEST(PhaseRows, averages_over_the_launches_that_have_a_phase) {
  const PhaseTree first = small_launch();
  const PhaseTree second = small_launch(100);
  const auto rows = phase_rows({&first, &second}, Repeats::listed);
  EXPECT_EQ(rows.size(), first.phases.size());
  const PhaseRow *init = row_named(rows, "/init");
  ASSERT_NE(init, nullptr);
  EXPECT_EQ(init->wall.mean, 550 * ms);
  EXPECT_EQ(init->wall.n, 2U);
  EXPECT_EQ(init->depth, 4U);
  EXPECT_EQ(rows[*init->parent].name, "kernel");
}

TEST(PhaseRows, puts_a_phase_that_only_a_later_launch_has_in_its_place) {
  PhaseTree first = small_launch();
  std::erase_if(first.phases, [](const Phase &phase) { return phase.name == "seabios"; });
  for (Phase &phase : first.phases) { // the erased one stood before these
    if (phase.parent && *phase.parent > 4)
      --*phase.parent;
  }
  const PhaseTree second = small_launch();
  const auto rows = phase_rows({&first, &second}, Repeats::listed);
  const PhaseRow *seabios = row_named(rows, "seabios");
  ASSERT_NE(seabios, nullptr);
  EXPECT_EQ((seabios + 1)->name, "kernel");
  EXPECT_EQ(seabios->wall.n, 1U);
}

TEST(PhaseRows, has_waiting_only_when_every_launch_measured_it) {
  const auto waited = [](const Stalls &stalls) {
    return TreeBuilder().add("", "run", 0, 9 * ms).counted(100).stalled(stalls).tree();
  };
  const PhaseTree one = waited({4, 1'000, 10}), other = waited({6, 3'000, std::nullopt});
  const PhaseRow row = phase_rows({&one, &other}, Repeats::listed)[0];
  EXPECT_EQ(row.stalls[0]->mean, 5);
  EXPECT_EQ(row.stalls[1]->mean, 2'000);
  EXPECT_FALSE(row.stalls[2]);
}

TEST(PhaseRows, counts_instructions_only_when_every_launch_did) {
  const PhaseTree counted = TreeBuilder().add("", "run", 0, ms).counted(100).tree();
  const PhaseTree uncounted = TreeBuilder().add("", "run", 0, ms).tree();
  const auto both = phase_rows({&counted, &counted}, Repeats::listed);
  EXPECT_EQ(both[0].instructions->mean, 100);
  EXPECT_FALSE(phase_rows({&counted, &uncounted}, Repeats::listed)[0].instructions.has_value());
}

TEST(PhaseRows, folds_repeats_with_all_that_is_below_them) {
  const PhaseTree tree = TreeBuilder()
                             .add("", "run", 0, 100 * ms)
                             .add("run", "initcall a", 0, 30 * ms)
                             .repeated()
                             .add("run > initcall a", "initcall b", 5 * ms, 10 * ms)
                             .repeated()
                             .add("run", "initcall c", 40 * ms, 10 * ms)
                             .repeated()
                             .add("run", "initcall d", 45 * ms, 20 * ms)
                             .repeated()
                             .overlapping()
                             .tree();
  const auto rows = phase_rows({&tree}, Repeats::folded);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[1].most, 2U);
  EXPECT_EQ(rows[1].wall.mean, 40 * ms);
  EXPECT_EQ(rows[1].end_ns, 50 * ms);
  EXPECT_EQ(rows[1].longest, "initcall a");
  EXPECT_TRUE(rows[2].overlaps);
  EXPECT_EQ(rows[2].most, 1U);
}

TEST(PhaseRows, survives_parents_that_contradict_each_other) {
  PhaseTree odd;
  odd.phases.resize(2);
  odd.phases[0].id = "a";
  odd.phases[0].parent = 7;
  odd.phases[1].id = "a";
  odd.phases[1].parent = 0;
  EXPECT_LE(phase_rows({&odd}, Repeats::listed).size(), 1U);
  EXPECT_TRUE(phase_rows({}, Repeats::listed).empty());
}

} // namespace
} // namespace bootperf
