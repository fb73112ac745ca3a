#include "cli/what_if_options.h"

#include <gtest/gtest.h>

#include "base/files.h"

namespace bootperf {
namespace {

/// What is asked for, or why that makes no sense.
std::string asked_error(const WhatIfAsked &asked) {
  const Result<void> valid = validate(asked);
  if (valid)
    return "no error";
  EXPECT_EQ(valid.error().kind, ErrorKind::usage);
  return valid.error().message;
}

WhatIfAsked named_levers(const std::vector<std::string> &names) {
  WhatIfAsked asked;
  asked.names = names;
  return asked;
}

TEST(WhatIfOptions, come_back_from_a_session) {
  const std::string levers = ::testing::TempDir() + "what-if options.yaml";
  ASSERT_TRUE(replace_file(levers, ""));
  WhatIfAsked asked = named_levers({"q35", "unsigned-modules"});
  asked.together = true;
  asked.wall = true;
  asked.levers = levers;
  asked.launches = 5;
  asked.environment = {{"LIBGUESTFS_PATH", "/a b"}, {"X", ""}};
  asked.machine.smp = 4;
  asked.machine.memsize_mib = 768;
  asked.machine.append = "quiet -- x";
  asked.machine.logs = "/tmp/logs";
  asked.machine.jobs = 2;
  asked.machine.network = true;
  WhatIfAsked again;
  const Result<void> read = read_launch_arguments(launch_arguments(asked), again);
  ASSERT_TRUE(read) << to_text(read.error());
  EXPECT_EQ(launch_arguments(again), launch_arguments(asked));
  EXPECT_EQ(again.names, asked.names);
  EXPECT_TRUE(again.together);
  EXPECT_TRUE(again.wall);
  EXPECT_FALSE(again.all);
  EXPECT_EQ(again.levers, levers);
  EXPECT_EQ(again.launches, 5);
  EXPECT_EQ(again.environment, asked.environment);
  EXPECT_EQ(again.machine.append, "quiet -- x");
  EXPECT_EQ(again.machine.memsize_mib, 768);
  EXPECT_EQ(again.machine.jobs, 2);
  EXPECT_TRUE(again.machine.network);
}

TEST(WhatIfOptions, of_all_levers_come_back) {
  WhatIfAsked asked, again;
  asked.all = true;
  EXPECT_EQ(launch_arguments(asked), (std::vector<std::string>{"--all", "--launches=3"}));
  ASSERT_TRUE(read_launch_arguments(launch_arguments(asked), again));
  EXPECT_TRUE(again.all);
  EXPECT_TRUE(again.names.empty());
}

TEST(WhatIfOptions, in_a_session_that_are_strange_are_an_input_error) {
  for (const std::vector<std::string> &arguments : {std::vector<std::string>{"--no-such=1"},
                                                    {"--launches=0"},
                                                    {"--launches=many"},
                                                    {"--levers=/no/such/levers.yaml"},
                                                    {"--recorded=x.json"},
                                                    {"--accel=kvm"}}) {
    WhatIfAsked asked;
    const Result<void> read = read_launch_arguments(arguments, asked);
    ASSERT_FALSE(read) << arguments[0];
    EXPECT_EQ(read.error().kind, ErrorKind::input) << arguments[0];
  }
}

TEST(WhatIfOptions, name_levers_or_take_all) {
  EXPECT_EQ(asked_error({}), "name the levers to try, or give --all; --list shows them");
  EXPECT_EQ(asked_error(named_levers({"q35"})), "no error");
  WhatIfAsked all = named_levers({"q35"});
  all.all = true;
  EXPECT_EQ(asked_error(all), "--all tries all levers, so none is named beside it");
  all.names.clear();
  EXPECT_EQ(asked_error(all), "no error");
}

TEST(WhatIfOptions, list_all_levers_or_some) {
  WhatIfAsked asked;
  asked.list = true;
  EXPECT_EQ(asked_error(asked), "no error");
  asked.names = {"q35"};
  EXPECT_EQ(asked_error(asked), "no error");
}

TEST(WhatIfOptions, take_the_levers_of_a_session_from_it) {
  for (std::string WhatIfAsked::*session : {&WhatIfAsked::recorded, &WhatIfAsked::resume}) {
    WhatIfAsked asked;
    asked.*session = "s.json";
    EXPECT_EQ(asked_error(asked), "no error");
    asked.names = {"q35"};
    EXPECT_EQ(asked_error(asked), "a session says itself which levers it tries");
    asked.names.clear();
    asked.output = "other.json";
    EXPECT_NE(asked_error(asked).find("-o"), std::string::npos);
  }
}

TEST(WhatIfOptions, go_on_with_a_session_or_only_show_it) {
  WhatIfAsked asked;
  asked.recorded = asked.resume = "s.json";
  EXPECT_EQ(asked_error(asked), "--recorded launches nothing, so there is nothing to --resume");
}

} // namespace
} // namespace bootperf
