#include "statistics/resampling.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "statistics/noise.h"

namespace bootperf {
namespace {

/// The sum of a phase's scores under a flip, by its definition.
double flipped_sum(const BlockRatios &scores, std::span<const double> signs, std::size_t phase) {
  double sum = 0;
  for (std::size_t block = 0; block < scores.size(); ++block)
    sum += signs[block] * scores[block][phase];
  return sum;
}

TEST(SignFlips, are_even_and_the_seed_decides) {
  const SignFlips flips(10, 4000, 3);
  const SignFlips again(10, 4000, 3);
  const SignFlips other(10, 4000, 4);
  double sum = 0;
  bool differs = false;
  for (std::size_t flip = 0; flip < flips.size(); ++flip)
    for (std::size_t block = 0; block < flips.blocks(); ++block) {
      EXPECT_EQ(std::abs(flips[flip][block]), 1);
      EXPECT_EQ(flips[flip][block], again[flip][block]);
      differs = differs || flips[flip][block] != other[flip][block];
      sum += flips[flip][block];
    }
  EXPECT_TRUE(differs);
  EXPECT_NEAR(sum, 0, 800); // four standard deviations
}

TEST(FlipMaxima, equal_brute_force_for_any_number_of_phases) {
  const SignFlips flips(12, 50, 1);
  for (const std::size_t phases : {1, 7, 8, 9, 20})
    for (const std::size_t blocks : {1, 5, 12}) {
      const BlockRatios scores = mean_scores(random_ratios(phases, blocks, phases));
      const FlipMaxima maxima = flip_maxima(scores, flips);
      const std::vector<double> ones(blocks, 1.0);
      for (std::size_t phase = 0; phase < phases; ++phase)
        EXPECT_NEAR(maxima.observed[phase], flipped_sum(scores, ones, phase), 1e-12);
      for (std::size_t flip = 0; flip < flips.size(); ++flip) {
        double most = -1e9;
        double least = 1e9;
        for (std::size_t phase = 0; phase < phases; ++phase) {
          most = std::max(most, flipped_sum(scores, flips[flip], phase));
          least = std::min(least, flipped_sum(scores, flips[flip], phase));
        }
        ASSERT_NEAR(maxima.slower[flip], most, 1e-12);
        ASSERT_NEAR(maxima.faster[flip], -least, 1e-12);
      }
    }
}

TEST(FlipMaxima, without_phases_or_blocks_are_zero) {
  const SignFlips flips(3, 2, 1);
  for (const BlockRatios &nothing : {BlockRatios{}, BlockRatios{{}, {}}}) {
    const FlipMaxima maxima = flip_maxima(nothing, flips);
    EXPECT_TRUE(maxima.observed.empty());
    EXPECT_EQ(maxima.slower, std::vector<double>(2));
    EXPECT_EQ(maxima.faster, std::vector<double>(2));
  }
}

TEST(FlipSums, equal_brute_force) {
  const SignFlips flips(9, 400, 2);
  const BlockRatios scores = mean_scores(random_ratios(5, 9, 11));
  const std::vector<std::vector<double>> sums = flip_sums(scores, flips);
  ASSERT_EQ(sums.size(), 11u);
  for (std::size_t phase = 0; phase < 11; ++phase)
    for (std::size_t flip = 0; flip < flips.size(); ++flip)
      ASSERT_NEAR(sums[phase][flip], flipped_sum(scores, flips[flip], phase), 1e-12);
}

TEST(FlipSums, of_nothing_are_nothing) {
  EXPECT_TRUE(flip_sums({}, SignFlips(4, 99, 2)).empty());
  EXPECT_TRUE(observed_sums({}).empty());
}

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

TEST(PermutationOfMeans, groups_that_do_not_overlap_are_the_rarest_assignment) {
  const std::vector<double> low = {1, 2, 3};
  const std::vector<double> high = {10, 11, 12};
  EXPECT_DOUBLE_EQ(permutation_of_means_p(low, high, 9999, 1), 2.0 / 20);
  EXPECT_DOUBLE_EQ(permutation_of_means_p(high, low, 9999, 1), 2.0 / 20);
}

/// Twice the smaller share of the subsets whose difference of means reaches the observed one.
double brute_force(const std::vector<double> &first, const std::vector<double> &second) {
  std::vector<double> all = first;
  all.insert(all.end(), second.begin(), second.end());
  const auto n2 = static_cast<int>(second.size());
  const auto difference = [&](unsigned mask) {
    double sums[2] = {};
    double sizes[2] = {};
    for (std::size_t i = 0; i < all.size(); ++i) {
      sums[mask >> i & 1] += all[i];
      sizes[mask >> i & 1] += 1;
    }
    return sums[1] / sizes[1] - sums[0] / sizes[0];
  };
  const double observed = difference(((1u << n2) - 1) << first.size());
  double larger = 0;
  double smaller = 0;
  double total = 0;
  for (unsigned mask = 0; mask < 1u << all.size(); ++mask) {
    if (__builtin_popcount(mask) != n2)
      continue;
    ++total;
    larger += difference(mask) >= observed - 1e-7 ? 1 : 0;
    smaller += difference(mask) <= observed + 1e-7 ? 1 : 0;
  }
  return std::min(1.0, 2 * std::min(larger, smaller) / total);
}

TEST(PermutationOfMeans, equals_brute_force_with_ties_and_in_any_unit) {
  Random random(2);
  for (const std::size_t n1 : {1, 3, 5})
    for (const std::size_t n2 : {1, 2, 6})
      for (const double unit : {1.0, 1e9}) {
        std::vector<double> first(n1);
        std::vector<double> second(n2);
        for (double &value : first)
          value = unit * (100 + static_cast<double>(random.below(5)));
        for (double &value : second)
          value = unit * (101 + static_cast<double>(random.below(5)));
        std::vector<double> plain_first = first;
        std::vector<double> plain_second = second;
        for (double &value : plain_first)
          value /= unit;
        for (double &value : plain_second)
          value /= unit;
        EXPECT_NEAR(permutation_of_means_p(first, second, 9999, 1),
                    brute_force(plain_first, plain_second), 1e-12);
      }
}

TEST(PermutationOfMeans, too_many_are_drawn_and_p_is_never_zero) {
  std::vector<double> first;
  std::vector<double> second;
  for (int i = 0; i < 10; ++i) {
    first.push_back(100 + i);
    second.push_back(200 + i);
  }
  EXPECT_DOUBLE_EQ(permutation_of_means_p(first, second, 999, 1), 2.0 / 1000);
  EXPECT_EQ(permutation_of_means_p(first, second, 999, 1),
            permutation_of_means_p(first, second, 999, 1));
}

TEST(PermutationOfMeans, equal_values_and_empty_groups_tell_nothing) {
  const std::vector<double> equal(4, 3.0);
  EXPECT_EQ(permutation_of_means_p(equal, equal, 9999, 1), 1);
  EXPECT_EQ(permutation_of_means_p({}, equal, 9999, 1), 1);
  EXPECT_EQ(permutation_of_means_p(equal, {}, 9999, 1), 1);
}

TEST(Draws, are_as_many_as_asked_for_where_launches_are_few) {
  EXPECT_EQ(affordable_draws(10, 5, 0.01, 200'000), 200'000u);
  EXPECT_EQ(affordable_draws(10, 5, 0.01, 1'000), 1'000u);
}

TEST(Draws, get_fewer_with_launches_and_columns_down_to_what_tells_alpha) {
  EXPECT_EQ(affordable_draws(500, 20, 0.01, 200'000), 14'285u);
  EXPECT_EQ(affordable_draws(4'000, 40, 0.01, 200'000), 5'000u);
  EXPECT_EQ(affordable_draws(4'000, 40, 0.001, 200'000), 50'000u);
  EXPECT_EQ(affordable_draws(4'000, 40, 1e-9, 200'000), 200'000u);
}

} // namespace
} // namespace bootperf
