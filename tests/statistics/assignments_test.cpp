#include "statistics/assignments.h"

#include <limits>
#include <set>
#include <vector>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

std::vector<std::vector<std::size_t>> visits(std::size_t n, std::size_t k, std::uint64_t seed,
                                             std::uint64_t most, AssignmentCount &count) {
  std::vector<std::vector<std::size_t>> result;
  count = for_each_assignment(
      n, k, seed, most, [&](Chosen chosen) { result.emplace_back(chosen.begin(), chosen.end()); });
  return result;
}

TEST(Combinations, follow_pascals_triangle) {
  for (std::size_t n = 1; n <= 60; ++n)
    for (std::size_t k = 1; k < n; ++k)
      ASSERT_EQ(combinations(n, k), combinations(n - 1, k - 1) + combinations(n - 1, k));
  EXPECT_EQ(combinations(27, 2), 351u);
  EXPECT_EQ(combinations(28, 3), 3276u);
}

TEST(Combinations, of_more_than_there_are_is_none) {
  EXPECT_EQ(combinations(3, 4), 0u);
}

TEST(Combinations, too_many_to_count_is_the_largest_number) {
  EXPECT_EQ(combinations(200, 100), std::numeric_limits<std::uint64_t>::max());
}

TEST(Assignments, each_is_visited_once_and_the_observed_one_last) {
  for (std::size_t n = 1; n <= 9; ++n)
    for (std::size_t k = 0; k <= n; ++k) {
      AssignmentCount count;
      const auto all = visits(n, k, 1, 1000, count);
      EXPECT_TRUE(count.exact);
      EXPECT_EQ(count.visited, combinations(n, k));
      EXPECT_EQ(std::set(all.begin(), all.end()).size(), combinations(n, k));
      for (std::size_t i = 0; i < k; ++i)
        EXPECT_EQ(all.back()[i], n - k + i);
    }
}

TEST(Assignments, too_many_are_drawn_evenly) {
  AssignmentCount count;
  const auto drawn = visits(10, 3, 5, 100, count); // 120 there are
  EXPECT_FALSE(count.exact);
  EXPECT_EQ(drawn.size(), 100u);
  std::vector<int> chosen(10);
  for (std::uint64_t seed = 0; seed < 100; ++seed)
    for (const auto &each : visits(10, 3, seed, 100, count)) {
      EXPECT_EQ(std::set(each.begin(), each.end()).size(), 3u);
      for (const std::size_t launch : each)
        ++chosen[launch];
    }
  for (const int times : chosen)
    EXPECT_NEAR(times, 3000, 200); // four standard deviations
}

TEST(Assignments, same_seed_same_draws) {
  AssignmentCount count;
  EXPECT_EQ(visits(30, 15, 9, 50, count), visits(30, 15, 9, 50, count));
  EXPECT_NE(visits(30, 15, 9, 50, count), visits(30, 15, 10, 50, count));
}

TEST(Assignments, choosing_more_than_there_are_visits_nothing) {
  AssignmentCount count;
  EXPECT_TRUE(visits(2, 3, 1, 100, count).empty());
  EXPECT_EQ(permutation_p(0, count), 1);
}

TEST(PermutationP, is_a_share_when_exact_and_never_zero_when_not) {
  EXPECT_DOUBLE_EQ(permutation_p(3, {.exact = true, .visited = 12}), 0.25);
  EXPECT_DOUBLE_EQ(permutation_p(0, {.exact = false, .visited = 99}), 0.01);
}

} // namespace
} // namespace bootperf
