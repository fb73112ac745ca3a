#include "statistics/block_scores.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "statistics/noise.h"

namespace bootperf {
namespace {

BlockRatios column(std::initializer_list<double> ratios) {
  BlockRatios blocks;
  for (const double ratio : ratios)
    blocks.push_back({ratio});
  return blocks;
}

std::vector<double> phase_of(const BlockRatios &blocks, std::size_t phase) {
  std::vector<double> values;
  for (const auto &block : blocks)
    values.push_back(block[phase]);
  return values;
}

double sum_of(const std::vector<double> &values) {
  double sum = 0;
  for (const double value : values)
    sum += value;
  return sum;
}

double squares_of(std::vector<double> values) {
  for (double &value : values)
    value *= value;
  return sum_of(values);
}

TEST(SignedRankScores, are_the_ranks_of_the_sizes_with_the_signs_of_the_ratios) {
  const BlockRatios scores = signed_rank_scores(column({0.3, -0.1, 0.2, -0.4}));
  const double norm = std::sqrt(1.0 + 4 + 9 + 16);
  const double expected[] = {3, -1, 2, -4};
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_DOUBLE_EQ(scores[i][0], expected[i] / norm);
}

TEST(SignedRankScores, share_mid_ranks_and_leave_zeros_out) {
  const BlockRatios scores = signed_rank_scores(column({0.2, 0, -0.2, 0.5, 0}));
  const double norm = std::sqrt(1.5 * 1.5 * 2 + 9);
  const double expected[] = {1.5, 0, -1.5, 3, 0};
  for (std::size_t i = 0; i < 5; ++i)
    EXPECT_DOUBLE_EQ(scores[i][0], expected[i] / norm);
}

TEST(MeanScores, add_up_to_what_students_t_is_made_of) {
  const std::vector<double> ratios = {0.04, -0.01, 0.03, 0.02, -0.02, 0.05};
  BlockRatios blocks;
  for (const double ratio : ratios)
    blocks.push_back({ratio});
  const double n = 6;
  const double mean = sum_of(ratios) / n;
  const double variance = (squares_of(ratios) - n * mean * mean) / (n - 1);
  const double t = mean / std::sqrt(variance / n);
  const double u = sum_of(phase_of(mean_scores(blocks), 0));
  EXPECT_NEAR(u * std::sqrt(n - 1) / std::sqrt(n - u * u), t, 1e-4 * t); // s₀ makes the rest
}

TEST(MeanScores, of_a_nearly_constant_phase_stay_small) {
  const BlockRatios scores = mean_scores(column({1e-6, 1e-6, 1e-6, 1e-6}));
  EXPECT_NEAR(sum_of(phase_of(scores, 0)), 0.02, 1e-4); // √4 · 1e-6 / 1e-4
}

TEST(ClippedMeanScores, give_a_wild_block_three_spreads) {
  const BlockRatios scores = clipped_mean_scores(column({0.01, -0.02, 0.03, 0.01, -9}));
  // The median size is 0.02, so that −9 counts as −3 · 1.4826 · 0.02.
  EXPECT_NEAR(scores[4][0] / scores[1][0], 3 * 1.4826, 1e-9);
  EXPECT_NEAR(scores[2][0] / scores[1][0], -1.5, 1e-9);
}

TEST(ClippedMeanScores, of_mostly_zeros_are_clipped_at_the_smallest_spread) {
  const BlockRatios scores = clipped_mean_scores(column({0, 0, 0, 0, 5}));
  EXPECT_NEAR(scores[4][0], 3 / std::sqrt(9.0 + 5), 1e-9); // s₀ is the unit
}

TEST(Scores, have_sums_of_squares_of_one) {
  const BlockRatios ratios = random_ratios(3, 17, 4);
  for (std::size_t phase = 0; phase < 4; ++phase) {
    EXPECT_NEAR(squares_of(phase_of(signed_rank_scores(ratios), phase)), 1, 1e-12);
    EXPECT_NEAR(squares_of(phase_of(mean_scores(ratios), phase)), 1, 1e-4);
    EXPECT_NEAR(squares_of(phase_of(clipped_mean_scores(ratios), phase)), 1, 1e-4);
  }
}

// What makes the flips exact: turning a block turns its scores and changes no other.
TEST(Scores, turn_with_the_sign_of_their_block) {
  const BlockRatios ratios = random_ratios(4, 9, 3);
  BlockRatios turned = ratios;
  for (double &ratio : turned[5])
    ratio = -ratio;
  for (const ScoreKind scores_of : {signed_rank_scores, mean_scores, clipped_mean_scores}) {
    BlockRatios expected = scores_of(ratios);
    for (double &score : expected[5])
      score = -score;
    EXPECT_EQ(scores_of(turned), expected);
  }
}

TEST(Scores, of_zeros_are_zeros_and_of_nothing_nothing) {
  for (const ScoreKind scores_of : {signed_rank_scores, mean_scores, clipped_mean_scores}) {
    EXPECT_EQ(scores_of(column({0, 0, 0})), column({0, 0, 0}));
    EXPECT_TRUE(scores_of({}).empty());
    EXPECT_EQ(scores_of({{}, {}}), (BlockRatios{{}, {}}));
  }
}

} // namespace
} // namespace bootperf
