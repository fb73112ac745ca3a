#include "bench/scenarios.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

std::vector<std::string> names(const std::string &filter) {
  std::vector<std::string> result;
  const auto selected = select_scenarios(all_scenarios({}, {}), filter);
  if (selected) {
    for (const auto &scenario : *selected) {
      result.push_back(scenario.name);
    }
  }
  return result;
}

TEST(Scenarios, are_quiet_and_traced_unless_told_otherwise) {
  EXPECT_EQ(names(""), (std::vector<std::string>{"Launch/quiet", "Launch/traced"}));
}

TEST(Scenarios, are_selected_by_an_expression) {
  EXPECT_EQ(names("traced|cold"), (std::vector<std::string>{"Launch/traced", "Launch/cold"}));
  EXPECT_EQ(names("^Launch/quiet$"), (std::vector<std::string>{"Launch/quiet"}));
  EXPECT_EQ(names("smp:2/memsize:1280"),
            (std::vector<std::string>{"Launch/quiet/smp:2/memsize:1280"}));
  EXPECT_EQ(names("all").size(), 16u) << "of the appliance as it is";
  EXPECT_EQ(names("-quiet"),
            (std::vector<std::string>{"Launch/traced", "Launch/initcalls", "Launch/counted",
                                      "Launch/counted/network", "Launch/profiled", "Launch/cold"}));
}

TEST(Scenarios, that_are_not_there_or_not_an_expression_are_a_usage_error) {
  for (const char *filter : {"nonesuch", "(", "-."}) {
    const auto selected = select_scenarios(all_scenarios({}, {}), filter);
    ASSERT_FALSE(selected.has_value()) << filter;
    EXPECT_EQ(selected.error().kind, ErrorKind::usage);
    EXPECT_NE(selected.error().message.find(filter), std::string::npos);
  }
}

TEST(Scenarios, with_a_network_are_asked_for_by_name) {
  const auto selected = select_scenarios(all_scenarios({}, {}), "^Launch/counted/network$");
  ASSERT_TRUE(selected.has_value());
  EXPECT_TRUE(selected->front().network);
  EXPECT_EQ(selected->front().mode, Mode::counted);
  EXPECT_EQ(names("^Launch/counted$"), std::vector<std::string>{"Launch/counted"});
}

TEST(Scenarios, say_what_they_vary) {
  const auto selected = select_scenarios(all_scenarios({}, {}), "smp:4/memsize:512");
  ASSERT_TRUE(selected.has_value());
  EXPECT_EQ(selected->front().smp, 4);
  EXPECT_EQ(selected->front().memsize_mib, 512);
  EXPECT_EQ(selected->front().mode, Mode::quiet);
}

TEST(Scenarios, of_capacity_are_selected_only_by_a_filter_that_says_so) {
  EXPECT_EQ(names("Capacity/threads:[12]$"),
            (std::vector<std::string>{"Capacity/threads:1", "Capacity/threads:2"}));
  EXPECT_EQ(names("Capacity").size(), 7u) << "1 to 64";
  EXPECT_EQ(names("threads"), std::vector<std::string>());
}

TEST(Scenarios, ALeverIsSelectedOnlyByAFilterThatSaysSo) {
  Lever lever;
  lever.name = "q35";
  const std::vector<ScenarioPlan> all = all_scenarios({lever}, {});
  const auto selected = select_scenarios(all, "WhatIf/q35");
  ASSERT_TRUE(selected) << selected.error().message;
  ASSERT_EQ(selected->size(), 1u);
  EXPECT_EQ(selected->front().mode, Mode::counted);
  for (const char *filter : {"all", "-Launch/quiet", "/"}) {
    const auto without = select_scenarios(all, filter);
    ASSERT_TRUE(without) << filter;
    EXPECT_TRUE(std::ranges::none_of(*without, [](const ScenarioPlan &each) {
      return each.lever.has_value();
    })) << filter;
  }
}

} // namespace
} // namespace bootperf
