#include <gtest/gtest.h>

#include "session/scenario_name.h"

namespace bootperf {
namespace {

TEST(ScenarioName, says_the_mode_before_all_else) {
  EXPECT_EQ(mode_of_scenario("Launch/counted"), "counted");
  EXPECT_EQ(mode_of_scenario("Launch/counted/network"), "counted");
  EXPECT_EQ(mode_of_scenario("Launch/quiet/smp:2/memsize:1280"), "quiet");
  EXPECT_EQ(mode_of_scenario("counted"), "");
}

TEST(ScenarioName, says_what_tells_it_from_others_of_its_mode) {
  EXPECT_EQ(variant_of_scenario("Launch/counted"), "");
  EXPECT_EQ(variant_of_scenario("Launch/counted/network"), "network");
  EXPECT_EQ(variant_of_scenario("Launch/quiet/smp:2/memsize:1280"), "smp-2-memsize-1280");
  for (const char *wrong : {"", "Launch", "Launch/", "Launch/counted/../../etc"})
    EXPECT_EQ(variant_of_scenario(wrong), "") << wrong;
}

TEST(ScenarioName, holds_nothing_that_an_expression_would_read_otherwise) {
  EXPECT_TRUE(is_scenario_name("Launch/quiet/smp:2/memsize:1280"));
  for (const char *wrong : {"", "Launch/", "counted", "launch/counted", "Launch/.*",
                            "Launch/counted|Launch/quiet", "Launch/counted$", "Launch/a b"})
    EXPECT_FALSE(is_scenario_name(wrong)) << wrong;
}

TEST(ScenarioName, says_whether_the_appliance_is_booted) {
  for (const char *name : {"Launch/quiet", "WhatIf/q35", "Capacity/threads:4"})
    EXPECT_TRUE(boots_appliance(name)) << name;
  for (const char *name : {"Floor/pc", "Guest/mine/traced", "", "Launch"})
    EXPECT_FALSE(boots_appliance(name)) << name;
}

} // namespace
} // namespace bootperf
