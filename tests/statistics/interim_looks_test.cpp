#include "statistics/interim_looks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "statistics/random.h"
#include "statistics/resampling.h"

namespace bootperf {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(SpentAlpha, grows_with_the_square_of_the_share_to_alpha) {
  EXPECT_DOUBLE_EQ(spent_alpha(0.01, 14, 25), 0.01 * 14 * 14 / 625);
  EXPECT_DOUBLE_EQ(spent_alpha(0.01, 25, 25), 0.01);
  EXPECT_DOUBLE_EQ(spent_alpha(0.01, 30, 25), 0.01);
  EXPECT_EQ(spent_alpha(0.01, 0, 25), 0);
  EXPECT_EQ(spent_alpha(0.01, 0, 0), 0);
}

std::vector<double> one_to(int last) {
  std::vector<double> values;
  for (int value = 1; value <= last; ++value)
    values.push_back(value);
  return values;
}

TEST(SequentialMaxT, one_look_is_a_share_of_the_flips_that_reach) {
  SequentialMaxT sequential(19);
  const auto look = sequential.look(one_to(19), std::vector<double>{19.5, 19, 10, -3}, 0.1);
  EXPECT_EQ(look.p, (std::vector<double>{1.0 / 20, 2.0 / 20, 11.0 / 20, 1}));
  EXPECT_EQ(look.boundary, 18); // 2 of 20 may cross, the observed one among them
}

TEST(SequentialMaxT, a_second_look_counts_those_that_crossed_before) {
  SequentialMaxT sequential(19);
  sequential.look(one_to(19), std::vector<double>{5}, 0.1); // 19 and 18 cross
  std::vector<double> reversed = one_to(19);
  std::ranges::reverse(reversed); // those two now come last
  const auto look = sequential.look(reversed, std::vector<double>{18.5, 2}, 0.2);
  EXPECT_EQ(look.p, (std::vector<double>{4.0 / 20, 1}));
  EXPECT_EQ(look.boundary, 18); // one more may, beside the observed one
}

TEST(SequentialMaxT, a_look_that_may_spend_nothing_rejects_nothing_and_costs_nothing) {
  SequentialMaxT sequential(19);
  EXPECT_EQ(sequential.look(one_to(19), std::vector<double>{50}, 0.049).boundary, infinity);
  EXPECT_EQ(sequential.look(one_to(19), std::vector<double>{50}, 0.05).p[0], 0.05);
}

TEST(SequentialMaxT, ties_count_against_rejection) {
  SequentialMaxT sequential(19);
  const auto look = sequential.look(std::vector<double>(19, 2.0), std::vector<double>{2}, 0.5);
  EXPECT_EQ(look.p[0], 1);
  EXPECT_EQ(look.boundary, 2);
  EXPECT_EQ(sequential.look(one_to(19), std::vector<double>{50}, 0.5).p[0], 0.05); // none crossed
}

TEST(SequentialMaxT, without_phases_has_no_p) {
  SequentialMaxT sequential(9);
  EXPECT_TRUE(sequential.look(one_to(9), {}, 0.5).p.empty());
}

TEST(SequentialMaxT, everything_is_rejected_when_all_may_cross) {
  SequentialMaxT sequential(3);
  EXPECT_EQ(sequential.look(one_to(3), std::vector<double>{0}, 1).boundary, -infinity);
}

/// Ratios of independent phases with heavy tails; coarse ones have many ties.
BlockRatios ratios_without_change(Random &random, std::size_t blocks, bool coarse) {
  BlockRatios ratios(blocks, std::vector<double>(3));
  for (auto &block : ratios)
    for (double &ratio : block)
      ratio = coarse ? 0.01 * (static_cast<double>(random.below(7)) - 3)
                     : std::pow(random.unit() - 0.5, 3);
  return ratios;
}

/// All 2^n sign vectors of all blocks: the maximum over the phases of the first blocks' sums.
std::vector<double> all_maxima(const BlockRatios &ratios, std::size_t blocks, ScoreKind scores_of) {
  const BlockRatios scores =
      scores_of({ratios.begin(), ratios.begin() + static_cast<std::ptrdiff_t>(blocks)});
  std::vector<double> maxima;
  for (unsigned signs = 0; signs < 1u << ratios.size(); ++signs) {
    double sums[3] = {};
    for (std::size_t block = 0; block < blocks; ++block)
      for (std::size_t phase = 0; phase < 3; ++phase)
        sums[phase] += (signs >> block & 1) ? -scores[block][phase] : scores[block][phase];
    maxima.push_back(*std::ranges::max_element(sums));
  }
  return maxima;
}

/// How many of the sign vectors are rejected at some look when each in turn is the observed one
/// and the others are its flips: without change all are equally likely.
int rejected_of_all(const BlockRatios &ratios, ScoreKind scores_of, double alpha) {
  const std::size_t most = ratios.size();
  std::vector<std::vector<double>> looks;
  for (const std::size_t blocks : {most - 3, most - 2, most})
    looks.push_back(all_maxima(ratios, blocks, scores_of));
  const std::size_t all = looks[0].size();
  int rejected = 0;
  for (std::size_t observed = 0; observed < all; ++observed) {
    SequentialMaxT sequential(all - 1);
    for (std::size_t look = 0; look < looks.size(); ++look) {
      std::vector<double> others = looks[look];
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(observed));
      const double spent = spent_alpha(alpha,
                                       look == 0   ? most - 3
                                       : look == 1 ? most - 2
                                                   : most,
                                       most);
      const std::vector<double> own = {looks[look][observed]};
      if (sequential.look(others, own, spent).p[0] <= spent) {
        ++rejected;
        break;
      }
    }
  }
  return rejected;
}

TEST(SequentialMaxT, rejects_at_most_alpha_of_all_sign_vectors_over_all_looks) {
  Random random(21);
  for (int trial = 0; trial < 6; ++trial) {
    const BlockRatios ratios = ratios_without_change(random, 8, trial % 2 == 1);
    for (const ScoreKind scores_of : {signed_rank_scores, mean_scores, clipped_mean_scores})
      for (const double alpha : {0.05, 0.1, 0.3})
        EXPECT_LE(rejected_of_all(ratios, scores_of, alpha), alpha * 256) << "trial " << trial;
  }
}

TEST(SequentialMaxT, spends_all_of_alpha_when_there_are_no_ties) {
  Random random(22);
  for (int trial = 0; trial < 3; ++trial) {
    const BlockRatios ratios = ratios_without_change(random, 8, false);
    for (const double alpha : {0.05, 0.1, 0.3})
      EXPECT_EQ(rejected_of_all(ratios, mean_scores, alpha), std::floor(alpha * 256));
  }
}

TEST(SequentialMaxT, rejects_alpha_of_unchanged_builds_with_random_flips) {
  Random random(23);
  constexpr int trials = 1000;
  int rejected = 0;
  for (int trial = 0; trial < trials; ++trial) {
    const BlockRatios ratios = ratios_without_change(random, 12, false);
    const SignFlips flips(12, 99, static_cast<std::uint64_t>(trial));
    SequentialMaxT sequential(flips.size());
    bool any = false;
    for (const std::size_t blocks : {6, 9, 12}) {
      const FlipMaxima maxima = flip_maxima(
          mean_scores({ratios.begin(), ratios.begin() + static_cast<std::ptrdiff_t>(blocks)}),
          flips);
      const double spent = spent_alpha(0.1, blocks, 12);
      for (const double p : sequential.look(maxima.slower, maxima.observed, spent).p)
        any = any || p <= spent;
    }
    rejected += any ? 1 : 0;
  }
  EXPECT_NEAR(rejected, 100, 38); // four standard deviations
}

TEST(SequentialMaxT, finds_the_phase_that_moved_and_no_other) {
  Random random(24);
  BlockRatios ratios = ratios_without_change(random, 20, false);
  for (auto &block : ratios)
    block[1] += 0.2;
  const SignFlips flips(20, 999, 1);
  const FlipMaxima maxima = flip_maxima(mean_scores(ratios), flips);
  SequentialMaxT slower(flips.size());
  SequentialMaxT faster(flips.size());
  const auto p_slower = slower.look(maxima.slower, maxima.observed, 0.01).p;
  EXPECT_GT(p_slower[0], 0.01);
  EXPECT_LE(p_slower[1], 0.002);
  EXPECT_GT(p_slower[2], 0.01);
  std::vector<double> negative = maxima.observed;
  for (double &sum : negative)
    sum = -sum;
  for (const double p : faster.look(maxima.faster, negative, 0.01).p)
    EXPECT_GT(p, 0.01);
}

TEST(InterimLooks, a_single_look_spends_all) {
  EXPECT_DOUBLE_EQ(alpha_at_look(0.01, LookRange{2, 3}, 25, 10), 0.01);
  EXPECT_DOUBLE_EQ(alpha_at_look(0.01, {3, 3}, 25, 3), 0.01);
}

TEST(InterimLooks, together_they_spend_no_more_than_all) {
  const double first = alpha_at_look(0.01, LookRange{2, 3}, 25, 2);
  const double second = alpha_at_look(0.01, LookRange{2, 3}, 25, 3);
  EXPECT_DOUBLE_EQ(first, 0.01 * 4 / 9);
  EXPECT_GE(first,
            1.0 / 351); // so 25 stored launches and two new ones can decide
  EXPECT_DOUBLE_EQ(second,
                   0.01 - 1.0 / 351); // the first look could only have rejected 1 of 351
}

TEST(InterimLooks, one_that_could_reject_nothing_spends_nothing) {
  EXPECT_DOUBLE_EQ(alpha_at_look(0.01, LookRange{2, 3}, 10, 3),
                   0.01); // 1/66 lies above the boundary
}

TEST(InterimLooks, come_from_ten_blocks_on_and_at_the_end) {
  EXPECT_EQ(block_looks(25), (std::vector<std::size_t>{10, 12, 14, 16, 20, 25}));
  EXPECT_EQ(block_looks(12), (std::vector<std::size_t>{10, 12}));
  EXPECT_EQ(block_looks(6), (std::vector<std::size_t>{6}));
  EXPECT_TRUE(block_looks(0).empty());
}

TEST(InterimLooks, at_counted_rounds_can_decide_from_the_first_on) {
  const auto first = counted_looks(3), all = counted_looks(5);
  ASSERT_EQ(first.size(), 1u);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_GE(alpha_at_last(0.01, first, 5),
            1.0 / 286); // 10 of base and 3 of head
  EXPECT_EQ(all.back().base, all_counted_rounds().base);
}

TEST(InterimLooks, at_counted_rounds_spend_no_more_than_all_together) {
  const auto looks = counted_looks(5);
  double spent = 0;
  for (std::size_t made = 1; made <= looks.size(); ++made)
    spent += alpha_at_last(0.01, {looks.data(), made}, 5);
  // What a look may spend but cannot, because p values come in steps, the next one may: so the sum
  // of the allowances exceeds α by less than those steps.
  EXPECT_LE(spent, 0.01 + 1.0 / 286 + 1.0 / 1820);
}

} // namespace
} // namespace bootperf
