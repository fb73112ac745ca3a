#include "statistics/sign_flips.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "statistics/random.h"

namespace bootperf {
namespace {

BlockRatios random_ratios(std::uint64_t seed, std::size_t blocks, std::size_t phases,
                          double shift = 0) {
  Random random(seed);
  BlockRatios ratios(blocks, std::vector<double>(phases));
  for (auto &block : ratios)
    for (double &ratio : block)
      ratio = shift + 0.1 * random.unit() - 0.05;
  return ratios;
}

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

TEST(FlipsBelowMargin, equal_brute_force) {
  const SignFlips flips(9, 400, 2);
  const BlockRatios ratios = random_ratios(5, 9, 11);
  std::vector<double> margins;
  for (std::size_t phase = 0; phase < 11; ++phase)
    margins.push_back(0.004 * static_cast<double>(phase));
  for (const ScoreKind scores_of : {signed_rank_scores, mean_scores, clipped_mean_scores}) {
    const std::vector<double> p = flips_below_margin_p(ratios, margins, scores_of, flips);
    for (std::size_t phase = 0; phase < 11; ++phase) {
      BlockRatios alone;
      for (const auto &block : ratios)
        alone.push_back({block[phase] - std::log(1 + margins[phase])});
      const BlockRatios scores = scores_of(alone);
      const double observed = flipped_sum(scores, std::vector<double>(9, 1.0), 0);
      double reached = 1;
      for (std::size_t flip = 0; flip < flips.size(); ++flip)
        reached += flipped_sum(scores, flips[flip], 0) <= observed + 1e-9 ? 1 : 0;
      EXPECT_DOUBLE_EQ(p[phase], reached / 401);
    }
  }
}

TEST(FlipsBelowMargin, show_that_nothing_moved_far_and_never_that_a_margin_was_kept_that_was_not) {
  const SignFlips flips(20, 999, 2);
  const std::vector<double> margins = {0.1, 0.1};
  const BlockRatios still = random_ratios(6, 20, 2);
  const BlockRatios moved = random_ratios(6, 20, 2, std::log(1.1) + 0.05);
  for (const double p : flips_below_margin_p(still, margins, mean_scores, flips))
    EXPECT_DOUBLE_EQ(p, 0.001);
  for (const double p : flips_below_margin_p(moved, margins, mean_scores, flips))
    EXPECT_GT(p, 0.5);
}

TEST(FlipsBelowMargin, ties_count_against_and_nothing_shows_nothing) {
  const SignFlips flips(4, 99, 2);
  const std::vector<double> none = {0};
  const BlockRatios zeros(4, std::vector<double>(1));
  EXPECT_EQ(flips_below_margin_p(zeros, none, signed_rank_scores, flips)[0], 1);
  EXPECT_EQ(flips_below_margin_p({}, none, signed_rank_scores, flips)[0], 1);
}

} // namespace
} // namespace bootperf
