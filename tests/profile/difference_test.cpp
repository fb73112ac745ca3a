#include "profile/difference.h"

#include <gtest/gtest.h>

#include "profile/profiles.h"

namespace bootperf {
namespace {

using testing::profile_of;
using testing::Ran;

Ran ran(const std::string &function, std::vector<std::uint64_t> instructions,
        const std::string &object = "vmlinux") {
  return {"run > launch", object, function, std::move(instructions)};
}

/// Beside a function that makes a launch of a million.
ProfileDifference compared(std::vector<Ran> base, std::vector<Ran> head) {
  base.push_back(ran("constant", {1'000'000, 1'000'000}));
  head.push_back(ran("constant", {1'000'000, 1'000'000}));
  return compare_profiles(profile_of(base), profile_of(head));
}

TEST(Difference, OfTheSameIsNone) {
  const auto difference = compared({ran("memset", {100, 100})}, {ran("memset", {100, 100})});
  EXPECT_TRUE(difference.changes.empty());
  EXPECT_EQ(difference.within_noise + difference.small, 0u);
  EXPECT_TRUE(difference.knows_noise);
}

TEST(Difference, ShowsTheLargestChangeFirst) {
  const auto difference = compared({ran("memset", {1000, 1000}), ran("memcpy", {9000, 9000})},
                                   {ran("memset", {1500, 1500}), ran("memcpy", {2000, 2000})});
  ASSERT_EQ(difference.changes.size(), 2u);
  EXPECT_EQ(difference.changes[0].function.name, "memcpy");
  EXPECT_DOUBLE_EQ(difference.changes[0].change(), -7000);
  EXPECT_DOUBLE_EQ(difference.changes[1].change(), 500);
}

TEST(Difference, ShowsNoChangeInsideTheNoiseOfTheFunction) {
  const auto difference = compared({ran("noisy", {1000, 1400}), ran("steady", {1000, 1000})},
                                   {ran("noisy", {1300, 1700}), ran("steady", {1300, 1300})});
  ASSERT_EQ(difference.changes.size(), 1u);
  EXPECT_EQ(difference.changes[0].function.name, "steady");
  EXPECT_EQ(difference.within_noise, 1u);
  EXPECT_DOUBLE_EQ(difference.rest, 300);
}

TEST(Difference, ShowsNoChangeThatIsNothingInALaunch) {
  const auto difference = compared({ran("tiny", {3, 3})}, {ran("tiny", {5, 5})});
  EXPECT_TRUE(difference.changes.empty());
  EXPECT_EQ(difference.small, 1u);
}

TEST(Difference, LeavesOutWhatSpins) {
  auto base = profile_of({ran("delay_tsc", {1000, 1000}), ran("constant", {1'000'000, 1'000'000})});
  auto head = profile_of({ran("delay_tsc", {5000, 5000}), ran("constant", {1'000'000, 1'000'000})});
  for (auto *profile : {&base, &head}) {
    for (auto &launch : profile->launches) {
      for (auto &row : launch.rows) {
        const bool spins = profile->functions[row.function].name == "delay_tsc";
        row.spinning = spins ? row.instructions : 0;
      }
    }
  }
  const auto difference = compare_profiles(base, head);
  EXPECT_TRUE(difference.changes.empty());
  EXPECT_DOUBLE_EQ(difference.head, 1'000'000);
  EXPECT_DOUBLE_EQ(difference.head_spinning - difference.base_spinning, 4000);
}

TEST(Difference, OfOneLaunchASideKnowsNoNoise) {
  const auto difference =
      compare_profiles(profile_of({ran("memset", {100})}), profile_of({ran("memset", {200})}));
  EXPECT_FALSE(difference.knows_noise);
  EXPECT_EQ(difference.changes.size(), 1u);
}

TEST(Difference, TellsWhatIsNewAndWhatIsGone) {
  const auto difference = compared({ran("old", {500, 500})}, {ran("new", {700, 700})});
  ASSERT_EQ(difference.changes.size(), 2u);
  EXPECT_EQ(difference.changes[0].function.name, "new");
  EXPECT_TRUE(difference.changes[0].is_new);
  EXPECT_EQ(difference.changes[1].function.name, "old");
  EXPECT_TRUE(difference.changes[1].is_gone);
}

TEST(Difference, KnowsCopiesAndPartsThatACompilerMadeAsTheirFunction) {
  const auto difference =
      compared({ran("memset.constprop.0", {600, 600}), ran("memset.part.0", {400, 400})},
               {ran("memset.isra.0", {900, 900}), ran("memset.cold", {100, 100})});
  EXPECT_TRUE(difference.changes.empty());
}

TEST(Difference, KnowsAFunctionThatMoved) {
  const auto difference =
      compared({ran("probe", {500, 500}, "virtio.ko")}, {ran("probe", {800, 800}, "vmlinux")});
  ASSERT_EQ(difference.changes.size(), 1u);
  EXPECT_EQ(difference.changes[0].moved_from, "virtio.ko");
  EXPECT_FALSE(difference.changes[0].is_new);
  EXPECT_DOUBLE_EQ(difference.changes[0].change(), 300);
}

TEST(Difference, GuessesNoMoveWhereThereAreTwoOfThatName) {
  const auto difference =
      compared({ran("probe", {500, 500}, "a.ko")},
               {ran("probe", {500, 500}, "b.ko"), ran("probe", {500, 500}, "c.ko")});
  EXPECT_EQ(difference.changes.size(), 3u);
}

TEST(Difference, KnowsALibraryOfAnotherVersion) {
  const auto difference = compared({ran("match", {500, 500}, "/lib/libpcre2-8.so.0.11.2")},
                                   {ran("match", {500, 500}, "/lib/libpcre2-8.so.0.14.0")});
  EXPECT_TRUE(difference.changes.empty());
}

TEST(Difference, SaysInWhichPhase) {
  const auto base = profile_of({{"run > launch", "vmlinux", "memset", {1000, 1000}},
                                {"run > shutdown", "vmlinux", "memset", {1000, 1000}}});
  const auto head = profile_of({{"run > launch", "vmlinux", "memset", {900, 900}},
                                {"run > shutdown", "vmlinux", "memset", {1500, 1500}}});
  const auto difference = compare_profiles(base, head);
  ASSERT_EQ(difference.changes.size(), 1u);
  EXPECT_EQ(difference.changes[0].phase, "run > shutdown");
}

TEST(BaseName, IsWithoutTheEndsThatACompilerAppends) {
  EXPECT_EQ(base_name("memset"), "memset");
  EXPECT_EQ(base_name("memset.constprop.0.isra.0"), "memset");
  EXPECT_EQ(base_name("memset.cold"), "memset");
  EXPECT_EQ(base_name("a.particle"), "a.particle");
  EXPECT_EQ(base_name(".part.0"), ".part.0");
  EXPECT_EQ(base_name(""), "");
}

} // namespace
} // namespace bootperf
