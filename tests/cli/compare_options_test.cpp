#include "cli/compare_options.h"

#include <gtest/gtest.h>

#include "cli/command_line.h"

namespace bootperf {
namespace {

TEST(Budget, is_launches_or_a_time) {
  EXPECT_EQ(budget_from_text("50"), (Budget{50, 0}));
  EXPECT_EQ(budget_from_text("90s"), (Budget{0, 90}));
  EXPECT_EQ(budget_from_text("20min"), (Budget{0, 1200}));
  EXPECT_EQ(budget_from_text("1h"), (Budget{0, 3600}));
  for (const char *wrong : {"", "0", "min", "20 min", "-5", "1.5h", "99999999999999999999"})
    EXPECT_FALSE(budget_from_text(wrong)) << wrong;
}

TEST(CompareOptions, come_back_from_a_session) {
  CompareAsked asked;
  asked.base = "v1";
  asked.head = "my branch";
  asked.base_environment = {{"LIBGUESTFS_PATH", "/a b"}, {"X", ""}};
  asked.head_environment = {{"LIBGUESTFS_HV", "/q=1"}};
  asked.modes = {"traced", "quiet"};
  asked.budget = "20min";
  asked.warmup = 2;
  asked.machine.smp = 4;
  asked.machine.append = "quiet -- x";
  asked.machine.logs = "/tmp/logs";
  asked.machine.drives = 3;
  asked.machine.network = true;
  asked.base_appliance.memsize_mib = 768;
  asked.head_appliance = {.smp = 2, .drives = 5, .network = true};
  CompareAsked again;
  const Result<void> read = read_launch_arguments(launch_arguments(asked), again);
  ASSERT_TRUE(read) << to_text(read.error());
  EXPECT_EQ(launch_arguments(again), launch_arguments(asked));
  EXPECT_EQ(again.head, "my branch");
  EXPECT_EQ(again.base_environment, asked.base_environment);
  EXPECT_EQ(again.modes, asked.modes);
  EXPECT_EQ(again.machine.append, "quiet -- x");
  EXPECT_EQ(again.machine.drives, 3);
  EXPECT_TRUE(again.machine.network);
  EXPECT_EQ(again.base_appliance.keys(), asked.base_appliance.keys());
  EXPECT_EQ(again.head_appliance.keys(), asked.head_appliance.keys());
}

TEST(CompareOptions, an_appliance_of_its_own_stands_in_place_of_what_both_have) {
  ApplianceOptions both;
  both.memsize_mib = 1280;
  both.drives = 3;
  const ApplianceOfSubject head = {.memsize_mib = 768, .smp = 2, .network = true};
  head.apply_to(both);
  EXPECT_EQ(both.memsize_mib, 768);
  EXPECT_EQ(both.smp, 2);
  EXPECT_EQ(both.drives, 3) << "that was not given";
  EXPECT_TRUE(both.network);
  EXPECT_EQ(head.keys(), (std::map<std::string, std::string>{
                             {"memsize", "768"}, {"network", "yes"}, {"smp", "2"}}));
  EXPECT_TRUE(ApplianceOfSubject().keys().empty());
}

TEST(CompareOptions, a_session_with_strange_arguments_is_an_input_error) {
  CompareAsked asked;
  const Result<void> read = read_launch_arguments({"--no-such=1"}, asked);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::input);
}

TEST(CompareOptions, counted_launches_stand_alone) {
  CompareAsked asked;
  EXPECT_TRUE(validate(asked));
  asked.modes = {"counted", "quiet"};
  EXPECT_FALSE(validate(asked));
  asked.modes = {"counted"};
  EXPECT_TRUE(validate(asked));
  asked.budget = "50";
  EXPECT_FALSE(validate(asked));
}

TEST(CompareOptions, what_a_comparison_would_ignore_is_refused) {
  CompareAsked asked;
  asked.check.metric = "wall";
  EXPECT_FALSE(validate(asked));
  asked.recorded = {"base.json", "head.json"};
  EXPECT_TRUE(validate(asked));
  asked.check.same_session = true;
  EXPECT_FALSE(validate(asked));
}

TEST(CompareOptions, a_mode_is_given_once) {
  CompareAsked asked;
  asked.modes = {"quiet", "quiet"};
  EXPECT_FALSE(validate(asked));
}

TEST(Bisect, skips_what_was_not_decided_and_stops_on_mistakes) {
  EXPECT_EQ(for_git_bisect(0), 0);
  EXPECT_EQ(for_git_bisect(1), 1);
  EXPECT_EQ(for_git_bisect(2), 128);
  EXPECT_EQ(for_git_bisect(3), 125);
  EXPECT_EQ(for_git_bisect(4), 125);
  EXPECT_EQ(for_git_bisect(130), 130);
}

} // namespace
} // namespace bootperf
