#include <gtest/gtest.h>

#include "report/launch/formats.h"
#include "report/trees.h"

namespace bootperf {
namespace {

Session
session_of(const std::vector<std::pair<std::string, std::optional<std::uint64_t>>> &launches) {
  Session session;
  for (const auto &[scenario, instructions] : launches) {
    if (session.scenario(scenario) == nullptr)
      session.scenarios.push_back(
          {.name = scenario, .mode = "counted", .keys = {}, .versions = {}});
    Launch launch;
    launch.scenario = scenario;
    launch.ok = true;
    launch.wall_ns = 2'000'000'000;
    launch.instructions = instructions;
    session.launches.push_back(launch);
  }
  return session;
}

TEST(Scenarios, stand_beside_each_other_with_the_fewest_instructions_first) {
  EXPECT_EQ(scenarios_text(
                session_of(
                    {{"Floor/b", 600'000'000}, {"Floor/b", 602'000'000}, {"Floor/a", 500'000'000}}),
                utf8),
            "scenarios, fewest instructions first\n"
            "  scenario  time    instructions  waiting\n"
            "  Floor/a   2.00 s  500.0 M                1 launch\n"
            "  Floor/b   2.00 s  601.0 M                2 launches\n");
}

TEST(Scenarios, that_are_not_all_counted_stay_in_their_order) {
  const std::string text = scenarios_text(
      session_of({{"Launch/quiet", std::nullopt}, {"Launch/counted", 500'000'000}}), utf8);
  EXPECT_LT(text.find("Launch/quiet"), text.find("Launch/counted"));
}

TEST(Scenarios, of_several_subjects_have_no_mean) {
  Session tried = session_of({{"Launch/counted", 500'000'000}, {"Floor/a", 400'000'000}});
  tried.what_if = WhatIf{};
  EXPECT_EQ(scenarios_text(tried, utf8), "");
}

TEST(Scenarios, of_which_one_was_measured_need_no_table) {
  EXPECT_EQ(scenarios_text(session_of({{"Launch/quiet", std::nullopt}}), utf8), "");
  Session failed = session_of({{"Launch/quiet", std::nullopt}, {"Launch/traced", std::nullopt}});
  failed.launches[1].ok = false;
  EXPECT_EQ(scenarios_text(failed, utf8), "");
  EXPECT_EQ(scenarios_text({}, utf8), "");
}

} // namespace
} // namespace bootperf
