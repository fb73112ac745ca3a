// Which functions the additional work of a phase is in.
#include "verdict/explain/functions.h"

#include <gtest/gtest.h>

#include "profile/profiles.h"

namespace bootperf {
namespace {

using bootperf::testing::profile_of;
using bootperf::testing::Ran;

const std::string in_init = "run > launch > /init";
const std::string in_udev = in_init + " > udev";

PhaseVerdict slower_phase(const std::string &phase, double base, double head) {
  PhaseVerdict verdict;
  verdict.phase = phase;
  verdict.verdict = Verdict::regressed;
  verdict.baseline_mean = base;
  verdict.current_mean = head;
  return verdict;
}

ScenarioCheck regressed_check(std::vector<PhaseVerdict> phases) {
  ScenarioCheck check;
  check.metric = Metric::instructions;
  check.verdict = Verdict::regressed;
  check.phases = std::move(phases);
  return check;
}

Ran ran_in(const std::string &function, std::uint64_t instructions,
           const std::string &phase = in_udev) {
  return {phase, "vmlinux", function, {instructions}};
}

/// What is said of /in_init when it regressed from 100 M to 128 M.
ChangedFunctions functions_between(const std::vector<Ran> &base, const std::vector<Ran> &head) {
  ScenarioCheck check = regressed_check({slower_phase(in_init, 100e6, 128e6)});
  name_functions(check, profile_of(base), profile_of(head));
  return check.phases[0].functions.value_or(ChangedFunctions{});
}

TEST(NamedFunctions, IsTheProgramThatWasAdded) {
  std::vector<Ran> head = {ran_in("memset", 100'100'000)};
  head.push_back({in_udev, "/usr/bin/gawk", "(unknown)", {27'900'000}});
  const auto found = functions_between({ran_in("memset", 100'000'000)}, head);
  EXPECT_TRUE(found.shows_it);
  EXPECT_DOUBLE_EQ(found.change(), 28e6);
  ASSERT_EQ(found.functions.size(), 1u);
  EXPECT_EQ(found.functions[0].object, "/usr/bin/gawk");
  EXPECT_DOUBLE_EQ(found.functions[0].change(), 27.9e6);
  EXPECT_DOUBLE_EQ(found.rest, 0.1e6);
  EXPECT_EQ(found.rest_functions, 1u);
}

TEST(NamedFunctions, AreOfThePhaseAndThoseBelowItAlone) {
  const auto found = functions_between(
      {ran_in("memset", 100'000'000), ran_in("inflate", 1, "run > launch > kernel")},
      {ran_in("memset", 128'000'000), ran_in("inflate", 900'000'000, "run > launch > kernel")});
  ASSERT_EQ(found.functions.size(), 1u);
  EXPECT_EQ(found.functions[0].name, "memset");
}

TEST(NamedFunctions, CarryARealShareOfTheChangeInItsDirection) {
  const auto found = functions_between(
      {ran_in("grew", 50'000'000), ran_in("little", 10'000'000), ran_in("shrank", 40'000'000)},
      {ran_in("grew", 82'000'000), ran_in("little", 11'000'000), ran_in("shrank", 35'000'000)});
  EXPECT_TRUE(found.shows_it);
  ASSERT_EQ(found.functions.size(), 1u);
  EXPECT_EQ(found.functions[0].name, "grew");
  EXPECT_DOUBLE_EQ(found.rest, -4e6);
  EXPECT_EQ(found.rest_functions, 2u);
}

TEST(NamedFunctions, AreFiveAtMost) {
  std::vector<Ran> base, head;
  for (int i = 0; i < 8; ++i) {
    base.push_back(ran_in("f" + std::to_string(i), 1'000'000));
    head.push_back(ran_in("f" + std::to_string(i), 4'500'000 + static_cast<std::uint64_t>(i)));
  }
  const auto found = functions_between(base, head);
  ASSERT_EQ(found.functions.size(), 5u);
  EXPECT_EQ(found.functions[0].name, "f7");
  EXPECT_EQ(found.rest_functions, 3u);
}

TEST(NamedFunctions, AreNoneWhereTheChangeIsSpreadThin) {
  std::vector<Ran> base, head;
  for (int i = 0; i < 40; ++i) {
    base.push_back(ran_in("f" + std::to_string(i), 1'000'000));
    head.push_back(ran_in("f" + std::to_string(i), 1'700'000));
  }
  const auto found = functions_between(base, head);
  EXPECT_TRUE(found.shows_it);
  EXPECT_TRUE(found.functions.empty());
  EXPECT_EQ(found.rest_functions, 40u);
  EXPECT_DOUBLE_EQ(found.rest, 28e6);
}

TEST(NamedFunctions, AreNoneWhereTheProfilesDoNotShowTheChange) {
  for (const std::uint64_t now : {99'000'000, 100'000'000, 103'000'000, 157'000'000}) {
    const auto found = functions_between({ran_in("memset", 100'000'000)}, {ran_in("memset", now)});
    EXPECT_FALSE(found.shows_it) << now;
    EXPECT_TRUE(found.functions.empty()) << now;
    EXPECT_DOUBLE_EQ(found.base, 100e6);
  }
}

TEST(NamedFunctions, AreNamedOfPlacesBelowToo) {
  ScenarioCheck check = regressed_check({slower_phase(in_init, 100e6, 128e6)});
  check.phases[0].places = {slower_phase(in_udev, 50e6, 78e6)};
  check.phases[0].places[0].verdict = Verdict::inconclusive; // named, not rejected by itself
  name_functions(check, profile_of({ran_in("memset", 50'000'000)}),
                 profile_of({ran_in("memset", 78'000'000)}));
  ASSERT_TRUE(check.phases[0].places[0].functions);
  EXPECT_EQ(check.phases[0].places[0].functions->functions.size(), 1u);
}

TEST(NamedFunctions, AreAskedForWhereWorkRegressedOnly) {
  PhaseVerdict waiting = slower_phase(in_init, 1e9, 4e9);
  waiting.waiting = true;
  PhaseVerdict passed = slower_phase(in_udev, 100e6, 100e6);
  passed.verdict = Verdict::pass;
  ScenarioCheck check = regressed_check({waiting, passed});
  EXPECT_FALSE(has_more_work(check));
  name_functions(check, profile_of({ran_in("memset", 1)}), profile_of({ran_in("memset", 2)}));
  EXPECT_FALSE(check.phases[0].functions);
  EXPECT_FALSE(check.phases[1].functions);

  check.phases.push_back(slower_phase(in_init, 100e6, 128e6));
  EXPECT_TRUE(has_more_work(check));
  check.metric = Metric::wall;
  EXPECT_FALSE(has_more_work(check));
  check.metric = Metric::instructions;
  check.advisory = true;
  EXPECT_FALSE(has_more_work(check));
}

} // namespace
} // namespace bootperf
