// A rejected phase is followed down to the place that moved.
#include <gtest/gtest.h>

#include "verdict/check/check.h"
#include "verdict/explain/places.h"
#include "verdict/synthetic.h"

namespace bootperf {
namespace {

using synthetic::policy;
using synthetic::session;
using synthetic::Shape;

ScenarioCheck check_of(const Shape &shape, const Policy &with) {
  const auto baseline = synthetic::baseline({session("stored", "counted", 25)}, "Launch/counted",
                                            Metric::instructions, with);
  return check_session(session("now", "counted", 3, shape), {baseline}, with, {}).checks.at(0);
}

const PhaseVerdict &init_of(const ScenarioCheck &check) {
  return check.phases.at(2);
}

TEST(Descent, names_the_child_that_moved) {
  const ScenarioCheck check =
      check_of({.slower = {{"run > launch > /init > udev", 1.2}}, .missing = {}}, policy());
  ASSERT_EQ(init_of(check).places.size(), 1u);
  const PhaseVerdict &place = init_of(check).places[0];
  EXPECT_EQ(place.phase, "run > launch > /init > udev");
  EXPECT_EQ(place.verdict, Verdict::regressed);
  EXPECT_NEAR(place.contribution, 1, 0.05);
  EXPECT_NEAR(place.ratio, 1.2, 0.01);
}

TEST(Descent, the_largest_part_of_the_change_comes_first) {
  const ScenarioCheck check = check_of({.slower = {{"run > launch > /init > udev", 1.1},
                                                   {"run > launch > /init > mount", 1.6},
                                                   {"run > launch > /init > lvm", 0.95}},
                                        .missing = {}},
                                       policy());
  const auto &places = init_of(check).places;
  ASSERT_EQ(places.size(), 2u); // what got faster is no place of a slow-down
  EXPECT_EQ(places[0].phase, "run > launch > /init > mount");
  EXPECT_EQ(places[1].phase, "run > launch > /init > udev");
  EXPECT_GT(places[0].contribution, places[1].contribution);
}

TEST(Descent, passes_over_gated_children) {
  const ScenarioCheck check =
      check_of({.slower = {{"run > launch > /init > udev", 1.2}}, .missing = {}}, policy());
  EXPECT_EQ(check.phases[0].verdict, Verdict::regressed);
  EXPECT_TRUE(check.phases[0].places.empty()); // launch: all its children are gated
}

TEST(Descent, goes_as_deep_as_phases_were_measured) {
  Policy whole = policy();
  whole.instructions.resize(1); // only launch
  const ScenarioCheck check =
      check_of({.slower = {{"run > launch > /init > udev", 1.2}}, .missing = {}}, whole);
  ASSERT_EQ(check.phases[0].places.size(), 1u);
  EXPECT_EQ(check.phases[0].places[0].phase, "run > launch > /init");
  ASSERT_EQ(check.phases[0].places[0].places.size(), 1u);
  EXPECT_EQ(check.phases[0].places[0].places[0].phase, "run > launch > /init > udev");
}

TEST(Descent, does_not_look_below_what_passes) {
  const ScenarioCheck check = check_of({}, policy());
  for (const PhaseVerdict &phase : check.phases)
    EXPECT_TRUE(phase.places.empty());
}

/// The verdict of one phase, which has no children, in a launch that waited between two commands.
PhaseVerdict concluded(PhaseVerdict phase) {
  Launch launch;
  launch.phases.phases.resize(1);
  launch.phases.phases[0].id = phase.phase;
  launch.phases.phases[0].longest_wait = {"+ sleep 3", "+ udevadm trigger", 3'000'000'000};
  SampleLaunches launches;
  launches.launches = {&launch};
  std::vector<PhaseVerdict> phases = {phase};
  conclude(phases, launches, [](const auto &) { return std::vector<PhaseVerdict>(); }, 0.01);
  return phases[0];
}

TEST(Commands, enclose_a_wait_that_no_phase_inside_explains) {
  PhaseVerdict phase;
  phase.phase = "run > launch > /init";
  phase.waiting = true;
  phase.verdict = Verdict::regressed;
  phase.current_mean = 3e9;
  const PhaseVerdict slower = concluded(phase);
  ASSERT_TRUE(slower.between);
  EXPECT_EQ(slower.between->after, "+ sleep 3");
  EXPECT_EQ(slower.between->before, "+ udevadm trigger");

  PhaseVerdict longer = phase;
  longer.current_mean = 7e9;
  EXPECT_FALSE(concluded(longer).between) << "it is not most of it";
  PhaseVerdict work = phase;
  work.waiting = false;
  EXPECT_FALSE(concluded(work).between) << "that is no wait";
  PhaseVerdict faster = phase;
  faster.verdict = Verdict::improved;
  faster.baseline_mean = 6e9;
  EXPECT_FALSE(concluded(faster).between) << "what is left of it does not say what went";
  PhaseVerdict passed = phase;
  passed.verdict = Verdict::pass;
  EXPECT_FALSE(concluded(passed).between);
}

} // namespace
} // namespace bootperf
