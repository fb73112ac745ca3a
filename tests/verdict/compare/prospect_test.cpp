#include "verdict/compare/prospect.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

/// A gated phase at 10 % that may have been found to be this much slower, and what would have
/// shown.
PhaseVerdict open_phase(double ratio, double detectable) {
  PhaseVerdict phase;
  phase.verdict = Verdict::inconclusive;
  phase.tolerance = 0.1;
  phase.baseline_mean = 1e9;
  phase.ratio = ratio;
  phase.smallest_detectable = detectable;
  return phase;
}

TEST(BlocksToDecide, grow_with_the_square_of_what_is_too_coarse) {
  // ln 1.21 is twice ln 1.1.
  EXPECT_EQ(blocks_to_decide({open_phase(1, 0.21)}, 10).all, 40u);
  EXPECT_EQ(blocks_to_decide({open_phase(1, 0.331)}, 10).all, 90u);
}

TEST(BlocksToDecide, are_fewer_for_a_change_that_is_larger_than_the_margin) {
  EXPECT_EQ(blocks_to_decide({open_phase(1.21, 0.4641)}, 10).all, 40u);
  EXPECT_EQ(blocks_to_decide({open_phase(1 / 1.21, 0.4641)}, 10).all, 40u);
}

TEST(BlocksToDecide, are_those_of_the_phase_that_needs_most) {
  EXPECT_EQ(blocks_to_decide({open_phase(1, 0.21), open_phase(1, 0.331)}, 10).all, 90u);
}

TEST(BlocksToDecide, are_more_than_those_that_have_not_decided) {
  EXPECT_EQ(blocks_to_decide({open_phase(1, 0.05)}, 10).all, 11u);
}

TEST(BlocksToDecide, are_not_known_where_nothing_is_open_or_tells) {
  PhaseVerdict passed = open_phase(1, 0.21);
  passed.verdict = Verdict::pass;
  EXPECT_EQ(blocks_to_decide({passed}, 10).all, 0u);
  EXPECT_EQ(blocks_to_decide({}, 10).all, 0u);
  EXPECT_EQ(blocks_to_decide({open_phase(1, std::numeric_limits<double>::infinity())}, 10).all, 0u);
  EXPECT_EQ(blocks_to_decide({open_phase(1, std::nan(""))}, 10).all, 0u);
}

TEST(BlocksToDecide, that_nobody_would_launch_are_a_million) {
  EXPECT_EQ(blocks_to_decide({open_phase(1, 1e300)}, 100).all, 1'000'000u);
}

TEST(BlocksToDecide, one_phase_are_those_of_the_nearest) {
  EXPECT_EQ(blocks_to_decide({open_phase(1, 0.331), open_phase(1, 0.21)}, 10).one, 40u);
  EXPECT_EQ(blocks_to_decide({}, 10).one, 0u);
}

TEST(BlocksToDecide, leave_out_a_phase_that_does_not_tell_wherever_it_stands) {
  const PhaseVerdict silent = open_phase(1, std::numeric_limits<double>::infinity());
  EXPECT_EQ(blocks_to_decide({silent, open_phase(1, 0.21)}, 10).one, 40u);
  EXPECT_EQ(blocks_to_decide({open_phase(1, 0.21), silent}, 10).one, 40u);
}

TEST(BlocksToDecide, are_none_once_one_phase_has_regressed) {
  PhaseVerdict regressed = open_phase(1.5, 0.21);
  regressed.verdict = Verdict::regressed;
  EXPECT_EQ(blocks_to_decide({open_phase(1, 0.21), regressed}, 10).all, 0u);
  EXPECT_EQ(blocks_to_decide({open_phase(1, 0.21), regressed}, 10).one, 0u);
}

TEST(OutOfReach, is_eight_times_the_budget) {
  EXPECT_FALSE(is_out_of_reach(200, 25));
  EXPECT_TRUE(is_out_of_reach(201, 25));
}

} // namespace
} // namespace bootperf
