#include "profile/profile_tree.h"

#include <gtest/gtest.h>

#include "profile/profiles.h"

namespace bootperf {
namespace {

using testing::profile_of;

constexpr const char *outer = "run > launch";
constexpr const char *inner = "run > launch > /init";

/// The node below these names, outermost first; null where there is none.
const ProfileNode *find(const ProfileTree &tree, const std::vector<std::string> &names) {
  std::optional<std::size_t> at;
  for (const std::string &name : names) {
    std::optional<std::size_t> next;
    for (std::size_t i = 0; i < tree.nodes.size(); ++i)
      if (tree.nodes[i].parent == at && tree.nodes[i].name == name)
        next = i;
    if (!next)
      return nullptr;
    at = next;
  }
  return &tree.nodes[*at];
}

TEST(ProfileTree, HasPhasesObjectsAndFunctionsThatAddUp) {
  const ProfileTree tree = profile_tree(profile_of({{outer, "vmlinux", "memset", {100}},
                                                    {inner, "vmlinux", "memset", {40}},
                                                    {inner, "/usr/bin/bash", "main", {2}}}),
                                        nullptr);
  EXPECT_EQ(tree.head, 142);
  EXPECT_EQ(find(tree, {"run"})->head, 142) << "a phase that only contains others is there as well";
  EXPECT_EQ(find(tree, {"run", outer, inner})->head, 42);
  EXPECT_EQ(find(tree, {"run", outer, "vmlinux"})->head, 100);
  EXPECT_EQ(find(tree, {"run", outer, inner, "/usr/bin/bash", "main"})->head, 2);
  EXPECT_FALSE(tree.compares);
  for (std::size_t i = 0; i < tree.nodes.size(); ++i)
    EXPECT_LT(tree.nodes[i].parent.value_or(0), i + (i == 0)) << "a parent comes first";
}

TEST(ProfileTree, ComparesWhatIsTheSameByNameWithoutItsEnds) {
  const Profile base = profile_of(
      {{outer, "/lib/libc.so.6.1", "copy.isra.0", {100}}, {outer, "vmlinux", "gone", {7}}});
  const Profile head =
      profile_of({{outer, "/lib/libc.so.6.2", "copy", {130}}, {inner, "vmlinux", "come", {5}}});
  const ProfileTree tree = profile_tree(head, &base);
  EXPECT_TRUE(tree.compares);
  EXPECT_FALSE(tree.knows_noise) << "one launch a side";
  const ProfileNode *copy = find(tree, {"run", outer, "/lib/libc.so.6.2", "copy"});
  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(copy->base, 100);
  EXPECT_EQ(copy->head, 130);
  EXPECT_EQ(find(tree, {"run", outer, "vmlinux", "gone"})->head, 0);
  EXPECT_EQ(find(tree, {"run", outer, inner})->base, 0);
  EXPECT_EQ(tree.base, 107);
}

TEST(ProfileTree, KnowsHowFarTheLaunchesOfASideDiffer) {
  const Profile base =
      profile_of({{outer, "vmlinux", "f", {100, 104}}, {outer, "vmlinux", "g", {6, 2}}});
  const Profile head = profile_of({{outer, "vmlinux", "f", {110, 111}}});
  const ProfileTree tree = profile_tree(head, &base);
  ASSERT_TRUE(tree.knows_noise);
  EXPECT_EQ(find(tree, {"run", outer, "vmlinux", "f"})->noise, 5);
  EXPECT_EQ(find(tree, {"run", outer, "vmlinux"})->noise, 1) << "of the sums, not the sum of them";
}

TEST(ProfileTree, LeavesOutSpinning) {
  Profile profile = profile_of({{outer, "vmlinux", "delay_tsc", {100}}});
  profile.launches[0].rows[0].spinning = 90;
  EXPECT_EQ(profile_tree(profile, nullptr).head, 10);
  profile.launches[0].rows[0].spinning = 200;
  EXPECT_EQ(profile_tree(profile, nullptr).head, 0) << "more than ran";
}

TEST(ProfileTree, NamesTheLongestAndAddsUpTheRest) {
  const Profile profile = profile_of({{outer, "vmlinux", "long", {100}},
                                      {outer, "vmlinux", "a", {1}},
                                      {outer, "vmlinux", "b", {2}},
                                      {inner, "bash", "c", {3}}});
  const ProfileTree fewer = profile_tree(profile, nullptr, {.functions = 1, .objects = 9});
  EXPECT_EQ(find(fewer, {"run", outer, "vmlinux", "(others)"})->head, 3);
  EXPECT_EQ(find(fewer, {"run", outer, inner, "bash", "(others)"})->head, 3);
  EXPECT_EQ(fewer.added_up, 3u);
  EXPECT_EQ(fewer.head, 106);
  const ProfileTree fewest = profile_tree(profile, nullptr, {.functions = 1, .objects = 1});
  EXPECT_EQ(find(fewest, {"run", outer, "vmlinux", "long"})->head, 100);
  EXPECT_EQ(find(fewest, {"run", outer, inner, "(others)", "(others)"})->head, 3);
  EXPECT_EQ(fewest.head, 106);
}

TEST(ProfileTree, OfPhasesInsideEachOtherWithoutEndStaysSmall) {
  std::string id = "run";
  for (int i = 0; i < 2000; ++i)
    id += " > x";
  EXPECT_LT(profile_tree(profile_of({{id, "vmlinux", "f", {1}}}), nullptr).nodes.size(), 50u);
}

TEST(ProfileTree, OfNothingIsNothing) {
  EXPECT_TRUE(profile_tree(Profile(), nullptr).nodes.empty());
}

} // namespace
} // namespace bootperf
