#include "trend/causes.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

PhaseStep step(const std::string &phase, double before, double after, std::uint32_t night = 50,
               std::uint32_t vague = 0) {
  PhaseStep made;
  made.phase = phase;
  made.state = after > before ? StepState::open : StepState::faster;
  made.before = before;
  made.after = after;
  made.change = after / before - 1;
  made.night = night;
  made.last_before = night - 1 - vague;
  made.first_after = night + vague;
  return made;
}

std::vector<StepCause> causes(ClassTrend &trend, std::vector<PhaseStep> steps) {
  trend.steps = std::move(steps);
  return step_causes(trend);
}

TEST(Causes, of_a_step_at_three_levels_are_one_named_by_the_deepest) {
  ClassTrend trend;
  const auto found = causes(trend, {step("run > launch > /init > /init:lvm-probe", 500, 590),
                                    step("run > launch", 10'000, 10'100),
                                    step("run > launch > /init", 3000, 3095)});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].named->phase, "run > launch > /init > /init:lvm-probe");
  EXPECT_EQ(found[0].outermost().phase, "run > launch");
  EXPECT_EQ(found[0].steps.size(), 3u);
}

TEST(Causes, are_named_by_the_phase_that_explains_most_not_by_any_below_it) {
  ClassTrend trend;
  const auto found =
      causes(trend, {step("run > launch", 10'000, 10'100), step("run > launch > /init", 3000, 3095),
                     step("run > launch > /init > a", 500, 540),
                     step("run > launch > /init > b", 500, 545)});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].named->phase, "run > launch > /init");
  EXPECT_EQ(found[0].steps.size(), 4u);
}

TEST(Causes, in_phases_beside_each_other_are_two) {
  ClassTrend trend;
  EXPECT_EQ(causes(trend, {step("run > a", 500, 600), step("run > ab", 500, 600)}).size(), 2u);
}

TEST(Causes, of_different_nights_directions_and_states_are_apart) {
  ClassTrend trend;
  PhaseStep accepted = step("run > a > b", 400, 500);
  accepted.state = StepState::accepted;
  EXPECT_EQ(causes(trend, {step("run > a", 500, 600), step("run > a > b", 400, 500, 40)}).size(),
            2u);
  EXPECT_EQ(causes(trend, {step("run > a", 500, 600), step("run > a > b", 400, 300)}).size(), 2u);
  EXPECT_EQ(causes(trend, {step("run > a", 500, 600), accepted}).size(), 2u);
}

TEST(Causes, that_a_vague_step_holds_both_stay_two) {
  ClassTrend trend;
  const auto found = causes(trend, {step("run", 5000, 5200, 50, 8), step("run > a", 500, 600, 45),
                                    step("run > b", 500, 620, 55)});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].named->phase, "run > b");
  EXPECT_EQ(found[0].outermost().phase, "run");
  EXPECT_EQ(found[1].named->phase, "run > a");
  EXPECT_EQ(found[1].steps.size(), 1u);
}

TEST(Paths, hold_a_phase_and_those_around_and_inside_it) {
  EXPECT_TRUE(is_on_one_path("run > a", "run > a > b"));
  EXPECT_TRUE(is_on_one_path("run > a > b", "run"));
  EXPECT_TRUE(is_on_one_path("run", "run"));
  EXPECT_FALSE(is_on_one_path("run > a", "run > ab"));
  EXPECT_FALSE(is_on_one_path("run > a > b", "run > a > c"));
}

} // namespace
} // namespace bootperf
