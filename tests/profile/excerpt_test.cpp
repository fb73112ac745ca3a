#include "profile/excerpt.h"

#include <gtest/gtest.h>

#include "profile/difference.h"
#include "profile/profile_json.h"
#include "profile/profiles.h"

namespace bootperf {
namespace {

using testing::profile_of;
using testing::Ran;

constexpr const char *launch = "run > launch";
constexpr const char *init = "run > launch > /init";
constexpr std::size_t no_limit = 1u << 20;

/// Two functions that matter and many that do not.
Profile long_tail() {
  std::vector<Ran> all = {{launch, "vmlinux", "memset", {900'000}},
                          {init, "/usr/bin/bash", "(unknown)", {70'000}}};
  for (std::uint64_t i = 1; i <= 200; ++i)
    all.push_back({i % 2 == 0 ? launch : init, "vmlinux", "f" + std::to_string(i), {i}});
  return profile_of(all);
}

std::uint64_t sum_of(const Profile &profile, const std::string &object,
                     const std::string &function) {
  std::uint64_t sum = 0;
  for (const ProfileRow &row : profile.launches.at(0).rows)
    if (profile.functions[row.function] == ProfileFunction{object, function})
      sum += row.instructions;
  return sum;
}

TEST(Excerpt, OfASmallProfileIsTheProfile) {
  const Profile whole = long_tail();
  const auto excerpt = excerpt_of(whole, no_limit);
  ASSERT_TRUE(excerpt) << to_text(excerpt.error());
  EXPECT_EQ(excerpt->launches.at(0).instructions, whole.launches.at(0).instructions);
  EXPECT_EQ(excerpt->functions.size(), whole.functions.size());
  for (const ProfileFunction &function : whole.functions)
    EXPECT_EQ(sum_of(*excerpt, function.object, function.name),
              sum_of(whole, function.object, function.name));
}

TEST(Excerpt, KeepsWhatRanMostAndAddsUpTheRest) {
  const Profile whole = long_tail();
  const auto excerpt = excerpt_of(whole, 800);
  ASSERT_TRUE(excerpt) << to_text(excerpt.error());
  EXPECT_LE(profile_json(*excerpt).size(), 800u);
  EXPECT_EQ(sum_of(*excerpt, "vmlinux", "memset"), 900'000u);
  EXPECT_EQ(sum_of(*excerpt, "/usr/bin/bash", "(unknown)"), 70'000u);
  EXPECT_EQ(sum_of(*excerpt, "vmlinux", "f1"), 0u);
  EXPECT_EQ(mean_instructions(*excerpt), mean_instructions(whole)) << "to the instruction";
  // It is a recorded profile like any other: its reader adds it up.
  EXPECT_TRUE(parse_profile(profile_json(*excerpt), "excerpt"));
}

TEST(Excerpt, AddsUpByPhaseAndObject) {
  const Profile whole = long_tail();
  const auto excerpt = excerpt_of(whole, 800);
  ASSERT_TRUE(excerpt);
  for (const char *phase : {launch, init})
    EXPECT_EQ(mean_instructions(part_of(*excerpt, phase)),
              mean_instructions(part_of(whole, phase)));
  EXPECT_GT(sum_of(*excerpt, "vmlinux", other_functions), 10'000u);
  EXPECT_EQ(sum_of(*excerpt, "/usr/bin/bash", other_functions), 0u);
}

TEST(Excerpt, TakesTheLaunchInTheMiddle) {
  const auto excerpt =
      excerpt_of(profile_of({{launch, "vmlinux", "memset", {500, 100, 300}}}), no_limit);
  ASSERT_TRUE(excerpt);
  ASSERT_EQ(excerpt->launches.size(), 1u);
  EXPECT_EQ(excerpt->launches[0].instructions, 300u);
}

TEST(Excerpt, IsNoneOfNothingAndNoneThatIsTooSmall) {
  EXPECT_EQ(excerpt_of(Profile{}, no_limit).error().kind, ErrorKind::not_measured);
  EXPECT_EQ(excerpt_of(long_tail(), 20).error().kind, ErrorKind::input);
}

TEST(Excerpt, CanBeComparedWithAWholeProfile) {
  const auto base = excerpt_of(long_tail(), 800);
  ASSERT_TRUE(base);
  const Profile head = long_tail();
  EXPECT_TRUE(compare_profiles(*base, excerpted_like(head, *base), {.least = 0}).changes.empty())
      << "what it leaves out is no change";
}

TEST(Excerpt, NamesWhatGrewThoughItLeavesItOutItself) {
  const auto base = excerpt_of(long_tail(), 800);
  ASSERT_TRUE(base);
  Profile head = long_tail();
  for (ProfileRow &row : head.launches[0].rows)
    if (head.functions[row.function].name == "f7") {
      row.instructions += 500'000;
      head.launches[0].instructions += 500'000;
    }
  const auto changes = compare_profiles(*base, excerpted_like(head, *base), {.least = 0}).changes;
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[0].function.name, "f7");
  EXPECT_DOUBLE_EQ(changes[0].change(), 500'007);
  EXPECT_EQ(changes[1].function.name, other_functions);
  EXPECT_DOUBLE_EQ(changes[1].change(), -7) << "which had been among the others";
}

TEST(Excerpt, NamesAFunctionAgainOfWhichACopyWasMade) {
  const auto base = excerpt_of(long_tail(), 800);
  ASSERT_TRUE(base);
  Profile head = long_tail();
  for (ProfileFunction &function : head.functions)
    if (function.name == "memset")
      function.name = "memset.constprop.0";
  EXPECT_TRUE(compare_profiles(*base, excerpted_like(head, *base), {.least = 0}).changes.empty());
}

TEST(PartOfAProfile, IsAPhaseAndThoseBelowIt) {
  const Profile profile = profile_of({{launch, "vmlinux", "memset", {5}},
                                      {init, "vmlinux", "memset", {20}},
                                      {"run > launch > /init2", "vmlinux", "memset", {300}}});
  EXPECT_EQ(part_of(profile, init).launches[0].instructions, 20u);
  EXPECT_EQ(part_of(profile, launch).launches[0].instructions, 325u);
  EXPECT_EQ(part_of(profile, "run > shutdown").launches[0].instructions, 0u);
}

} // namespace
} // namespace bootperf
