#include "statistics/two_sample.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "statistics/distributions.h"
#include "statistics/noise.h"
#include "statistics/random.h"
#include "statistics/resampling.h"

namespace bootperf {
namespace {

// Computed by tests/statistics/reference.py, straight from the definitions.
const LaunchValues baseline = {{100.0, 50.0, 7.0}, {101.0, 52.0, 7.1}, {99.0, 49.0, 7.3},
                               {100.5, 51.0, 6.9}, {99.5, 50.5, 7.2},  {100.2, 48.0, 7.0},
                               {99.9, 53.0, 7.4}};
const LaunchValues current = {{100.7, 50.0, 6.9}, {100.4, 54.0, 6.7}, {101.2, 47.0, 7.0}};

TEST(TwoSample, agrees_with_the_independent_computation) {
  const TwoSampleTest test = two_sample_max_t(baseline, current, 0.05, 1);
  EXPECT_TRUE(test.exact);
  EXPECT_EQ(test.permutations, 120u);
  EXPECT_DOUBLE_EQ(test.smallest_p, 1.0 / 120);
  const double t[] = {1.816230879559, -0.141185756217, -2.208745674334};
  const double slower[] = {19.0 / 120, 116.0 / 120, 1};
  const double faster[] = {1, 106.0 / 120, 16.0 / 120};
  for (int k = 0; k < 3; ++k) {
    EXPECT_NEAR(test.phases[k].statistic, t[k], 1e-9);
    EXPECT_NEAR(test.phases[k].p_slower, slower[k], 1e-9);
    EXPECT_NEAR(test.phases[k].p_faster, faster[k], 1e-9);
  }
}

TEST(TwoSample, margin_test_agrees_with_the_independent_computation) {
  const std::vector<double> margins = {0.01, 0.05, 0.002};
  const std::vector<double> p = below_margin_p(baseline, current, margins, 1);
  EXPECT_NEAR(p[0], 34.0 / 120, 1e-9);
  EXPECT_NEAR(p[1], 10.0 / 120, 1e-9);
  EXPECT_NEAR(p[2], 2.0 / 120, 1e-9);
}

/// The statistic of one phase by its definition.
double student(const std::vector<double> &first, const std::vector<double> &second) {
  const auto mean = [](const std::vector<double> &values) {
    double sum = 0;
    for (const double value : values)
      sum += value;
    return sum / static_cast<double>(values.size());
  };
  const double m1 = mean(first);
  const double m2 = mean(second);
  double within = 0;
  for (const double value : first)
    within += (value - m1) * (value - m1);
  for (const double value : second)
    within += (value - m2) * (value - m2);
  const auto n1 = static_cast<double>(first.size());
  const auto n2 = static_cast<double>(second.size());
  const double spread = std::max(std::sqrt(within / (n1 + n2 - 2)), smallest_log_spread);
  return (m2 - m1) / (spread * std::sqrt(1 / n1 + 1 / n2));
}

/// All p_slower by brute force over the subsets of n launches, as bit masks.
std::vector<double> brute_force(const LaunchValues &all, std::size_t n1) {
  const std::size_t n = all.size();
  const std::size_t phases = all[0].size();
  const auto statistics = [&](unsigned mask) {
    std::vector<double> result;
    for (std::size_t k = 0; k < phases; ++k) {
      std::vector<double> groups[2];
      for (std::size_t i = 0; i < n; ++i)
        groups[(mask >> i) & 1].push_back(std::log(all[i][k]));
      result.push_back(student(groups[0], groups[1]));
    }
    return result;
  };
  unsigned observed_mask = 0;
  for (std::size_t i = n1; i < n; ++i)
    observed_mask |= 1u << i;
  const std::vector<double> observed = statistics(observed_mask);
  std::vector<double> count(phases);
  double total = 0;
  for (unsigned mask = 0; mask < (1u << n); ++mask) {
    if (static_cast<std::size_t>(__builtin_popcount(mask)) != n - n1)
      continue;
    ++total;
    const std::vector<double> each = statistics(mask);
    const double most = *std::ranges::max_element(each);
    for (std::size_t k = 0; k < phases; ++k)
      count[k] += most >= observed[k] - 1e-7 * std::max(1.0, std::abs(observed[k])) ? 1 : 0;
  }
  for (double &each : count)
    each /= total;
  return count;
}

TEST(TwoSample, equals_brute_force_for_every_small_design) {
  Random random(11);
  for (std::size_t n1 = 1; n1 <= 5; ++n1)
    for (std::size_t n2 = 1; n2 <= 5; ++n2)
      for (std::size_t phases = 1; phases <= 3 && n1 + n2 > 2; ++phases) {
        LaunchValues all(n1 + n2, std::vector<double>(phases));
        for (auto &launch : all)
          for (double &value : launch)
            value = 100 + static_cast<double>(random.below(8)); // few values: many ties
        const LaunchValues first(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n1));
        const LaunchValues second(all.begin() + static_cast<std::ptrdiff_t>(n1), all.end());
        const TwoSampleTest test = two_sample_max_t(first, second, 0.05, 1);
        const std::vector<double> expected = brute_force(all, n1);
        for (std::size_t k = 0; k < phases; ++k)
          ASSERT_NEAR(test.phases[k].p_slower, expected[k], 1e-12)
              << n1 << " + " << n2 << ", phase " << k;
      }
}

LaunchValues launches_of(std::initializer_list<double> values) {
  LaunchValues launches;
  for (const double value : values)
    launches.push_back({value});
  return launches;
}

TEST(TwoSample, a_clear_slow_down_reaches_the_smallest_p) {
  const auto test =
      two_sample_max_t(launches_of({10, 10.1, 9.9, 10, 10.05}), launches_of({12, 12.1}), 0.05, 1);
  EXPECT_DOUBLE_EQ(test.phases[0].p_slower, 1.0 / 21);
  EXPECT_DOUBLE_EQ(test.phases[0].p_faster, 1);
  EXPECT_NEAR(std::exp(test.phases[0].log_effect), 1.204, 0.001);
}

TEST(TwoSample, swapping_the_groups_swaps_the_directions) {
  const auto there = two_sample_max_t(baseline, current, 0.05, 1);
  const auto back = two_sample_max_t(current, baseline, 0.05, 1);
  for (int k = 0; k < 3; ++k) {
    EXPECT_NEAR(there.phases[k].p_slower, back.phases[k].p_faster, 1e-12);
    EXPECT_NEAR(there.phases[k].log_effect, -back.phases[k].log_effect, 1e-12);
  }
}

TEST(TwoSample, a_phase_of_identical_values_is_never_rejected) {
  const auto test = two_sample_max_t(launches_of({5, 5, 5, 5, 5}), launches_of({5, 5}), 0.5, 1);
  EXPECT_NEAR(test.phases[0].statistic, 0, 1e-6);
  EXPECT_EQ(test.phases[0].p_slower, 1);
  EXPECT_EQ(test.phases[0].p_faster, 1);
}

TEST(TwoSample, constant_values_that_move_are_rejected) {
  const auto test = two_sample_max_t(launches_of({5, 5, 5, 5, 5}), launches_of({6, 6}), 0.05, 1);
  EXPECT_DOUBLE_EQ(test.phases[0].p_slower, 1.0 / 21);
  EXPECT_TRUE(std::isfinite(test.phases[0].statistic));
}

TEST(TwoSample, a_nearly_constant_phase_does_not_drown_a_real_effect) {
  LaunchValues before;
  for (int i = 0; i < 8; ++i) // the second phase jumps by a millionth, in every other launch
    before.push_back({100.0 + i % 3, i % 2 ? 1e6 : 1e6 + 1});
  const auto test = two_sample_max_t(before, {{110, 1e6}, {111, 1e6}}, 0.05, 1);
  EXPECT_DOUBLE_EQ(test.phases[0].p_slower, 1.0 / 45);
  EXPECT_GT(test.phases[1].p_slower, 0.5);
}

TEST(TwoSample, too_few_launches_reject_nothing) {
  for (const auto &test : {two_sample_max_t(launches_of({1}), launches_of({9}), 0.05, 1),
                           two_sample_max_t({}, launches_of({9, 9}), 0.05, 1),
                           two_sample_max_t(launches_of({1, 1}), {}, 0.05, 1)}) {
    EXPECT_EQ(test.phases[0].p_slower, 1);
    EXPECT_EQ(test.smallest_p, 1);
    EXPECT_TRUE(std::isinf(test.phases[0].smallest_detectable));
  }
  EXPECT_TRUE(two_sample_max_t({}, {}, 0.05, 1).phases.empty());
}

TEST(TwoSample, many_assignments_are_drawn_and_the_seed_decides) {
  LaunchValues before;
  LaunchValues after;
  for (int i = 0; i < 9; ++i) {
    before.push_back({100.0 + i % 5});
    after.push_back({100.5 + i % 7});
  }
  const auto one = two_sample_max_t(before, after, 0.05, 4, 5000);
  EXPECT_FALSE(one.exact);
  EXPECT_EQ(one.permutations, 5000u);
  EXPECT_DOUBLE_EQ(one.smallest_p, 1.0 / 5001);
  EXPECT_EQ(one.phases[0].p_slower,
            two_sample_max_t(before, after, 0.05, 4, 5000).phases[0].p_slower);
  const auto exact = two_sample_max_t(before, after, 0.05, 4, 50'000);
  EXPECT_TRUE(exact.exact);
  EXPECT_NEAR(one.phases[0].p_slower, exact.phases[0].p_slower, 0.03); // four standard errors
}

TEST(TwoSample, half_width_is_the_textbook_interval) {
  const auto test = two_sample_max_t(baseline, current, 0.05, 1);
  const double expected = 2.306 * test.phases[0].log_spread * std::sqrt(1.0 / 7 + 1.0 / 3);
  EXPECT_NEAR(test.phases[0].log_half_width, expected, 1e-5); // t[0.975, 8] = 2.306
}

TEST(SmallestDetectable, is_infinite_when_nothing_can_be_rejected) {
  const auto test = two_sample_max_t(launches_of({10, 11, 12}), launches_of({10, 11}), 0.01, 1);
  EXPECT_GT(test.smallest_p, 0.01);
  EXPECT_TRUE(std::isinf(test.phases[0].smallest_detectable));
}

LaunchValues noise(Random &random, std::size_t launches, std::size_t phases, double spread) {
  LaunchValues values(launches, std::vector<double>(phases));
  for (auto &launch : values)
    for (double &value : launch)
      value = std::exp(10 + spread * normal(random));
  return values;
}

TEST(SmallestDetectable, is_found_about_nine_times_in_ten) {
  Random random(21);
  int found = 0;
  constexpr int trials = 300;
  for (int trial = 0; trial < trials; ++trial) {
    const LaunchValues before = noise(random, 25, 4, 0.02);
    LaunchValues after = noise(random, 2, 4, 0.02);
    const auto calm = two_sample_max_t(before, after, 0.01, 1);
    for (auto &launch : after) // a new slow-down, on other noise of the same spread
      launch[2] = std::exp(10 + 0.02 * normal(random)) * (1 + calm.phases[2].smallest_detectable);
    found += two_sample_max_t(before, after, 0.01, 1).phases[2].p_slower <= 0.01 ? 1 : 0;
  }
  EXPECT_NEAR(found / double{trials}, 0.9, 0.07);
}

TEST(LaunchesNeeded, are_those_that_make_enough_assignments) {
  EXPECT_EQ(launches_needed(25, 2, 0.01), 0u); // 1/351
  EXPECT_EQ(launches_needed(10, 2, 0.01), 1u); // 1/66, then 1/286
  EXPECT_EQ(launches_needed(25, 0, 0.01), 2u);
  EXPECT_EQ(launches_needed(1, 1, 0.01), 98u);
  EXPECT_EQ(launches_needed(0, 5, 0.01), std::nullopt);
  EXPECT_EQ(launches_needed(1, 1, 1e-9), std::nullopt);
}

} // namespace
} // namespace bootperf
