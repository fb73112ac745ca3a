#include "profile/profile.h"

#include <gtest/gtest.h>

#include "profile/profile_json.h"
#include "profile/profiles.h"

namespace bootperf {
namespace {

using testing::profile_of;

const Profile two_launches = profile_of({{"run > launch", "vmlinux", "memset", {100, 300}},
                                         {"run > launch", "vmlinux", "memcpy", {50, 0}},
                                         {"run > shutdown", "vmlinux", "memset", {10, 30}}});

TEST(Profile, HasMeansOverLaunchesInWhichAMissingRowIsNothing) {
  const auto rows = mean_rows(two_launches);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_DOUBLE_EQ(rows[0].instructions, 200);
  EXPECT_DOUBLE_EQ(rows[1].instructions, 25);
  EXPECT_DOUBLE_EQ(mean_instructions(two_launches), 245);
}

TEST(Profile, SumsFunctionsOverPhasesLongestFirst) {
  const auto functions = mean_functions(two_launches);
  ASSERT_EQ(functions.size(), 2u);
  EXPECT_EQ(two_launches.functions[functions[0].function].name, "memset");
  EXPECT_DOUBLE_EQ(functions[0].instructions, 220);
}

TEST(Profile, TakesLaunchesOfAnotherWithOtherTables) {
  Profile all = profile_of({{"run > shutdown", "vmlinux", "memset", {1}}});
  add_launches(all, two_launches);
  EXPECT_EQ(all.launches.size(), 3u);
  EXPECT_EQ(all.functions.size(), 2u);
  EXPECT_EQ(all.phases, (std::vector<std::string>{"run > shutdown", "run > launch"}));
  EXPECT_DOUBLE_EQ(mean_functions(all)[0].instructions, (1 + 110 + 330) / 3.0);
}

TEST(ProfileJson, IsReadAsItWasWritten) {
  Profile profile = two_launches;
  profile.environment = {{"kernel", "6.1"}, {"odd", "\x01\"\xc3\xa4"}};
  profile.functions[0].name = "operator<<\\ \"x\"";
  profile.launches[0].rows[0].spinning = 7;
  const auto text = profile_json(profile);
  const auto read = parse_profile(text, "profile.json");
  ASSERT_TRUE(read) << to_text(read.error());
  EXPECT_EQ(read->environment, profile.environment);
  EXPECT_EQ(read->phases, profile.phases);
  EXPECT_EQ(read->functions, profile.functions);
  EXPECT_EQ(read->launches, profile.launches);
}

TEST(ProfileJson, IsRefusedWhereItIsWrong) {
  const auto good = profile_json(two_launches);
  const auto with = [&](const std::string &old, const std::string &replacement) {
    auto text = good;
    const auto at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), replacement);
  };
  struct Case {
    std::string text, expected;
  };
  for (const auto &[text, expected] : {
           Case{with("\"bootperf_profile\": 1", "\"bootperf_profile\": 2"), "expected version 1"},
           Case{with("[\"vmlinux\",\"memset\"]", "[\"vmlinux\"]"), "expected [OBJECT, NAME]"},
           Case{with("[0,0,100,0,1]", "[9,0,100,0,1]"), "expected [PHASE, FUNCTION"},
           Case{with("[0,0,100,0,1]", "[0,9,100,0,1]"), "expected [PHASE, FUNCTION"},
           Case{with("[0,0,100,0,1]", "[0,0,-100,0,1]"), "expected [PHASE, FUNCTION"},
           Case{with("[0,0,100,0,1]", "[0,0,101,0,1]"), "the rows add up to 161"},
           Case{with("[0,0,100,0,1]", "[0,0,100,101,1]"), "no more spinning"},
           Case{with("[0,0,100,0,1]", "[0,0,18446744073709551615,0,1]"), "expected [PHASE"},
           Case{with("[0,0,100,0,1]", "[0,0,9007199254740992,0,1]"), "a launch of at most"},
           Case{with("\"phases\"", "\"phrases\""), "phases"},
           Case{R"({"bootperf_profile": 1, "environment": {}, "phases": [], "functions": [], )"
                R"("launches": []})",
                "at least one launch"},
           Case{"[]", ""},
           Case{"", ""},
       }) {
    const auto read = parse_profile(text, "profile.json");
    ASSERT_FALSE(read) << text;
    EXPECT_NE(read.error().message.find(expected), std::string::npos) << read.error().message;
    EXPECT_EQ(read.error().where.file, "profile.json");
  }
}

} // namespace
} // namespace bootperf
