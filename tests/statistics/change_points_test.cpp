#include "statistics/change_points.h"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "statistics/noise.h"
#include "statistics/random.h"

namespace bootperf {
namespace {

TEST(StepFreeDeviation, is_that_of_the_noise_whatever_the_steps) {
  Random random(1);
  const std::vector<double> calm = noise(random, 400, 0.02);
  EXPECT_NEAR(step_free_deviation(calm), 0.02, 0.004);
  EXPECT_NEAR(step_free_deviation(with_step(with_step(calm, 100, 1), 300, -2)), 0.02, 0.004);
}

TEST(StepFreeDeviation, sees_noise_that_lasts_some_nights) {
  Random random(2);
  std::vector<double> values = noise(random, 400, 0.01);
  double lasting = 0;
  for (double &value : values) {
    lasting = 0.7 * lasting + 0.02 * normal(random);
    value += lasting;
  }
  EXPECT_GT(step_free_deviation(values), 0.03);
}

TEST(StepFreeDeviation, is_0_for_too_few_or_equal_values) {
  EXPECT_EQ(step_free_deviation({}), 0);
  EXPECT_EQ(step_free_deviation(std::vector<double>(100, 20.0)), 0);
}

TEST(WithoutOutliers, pulls_in_one_wild_value_and_keeps_a_step) {
  Random random(3);
  std::vector<double> values = with_step(noise(random, 60, 0.01), 30, 0.5);
  values[15] += 3;
  const std::vector<double> calm = without_outliers(values);
  EXPECT_LT(calm[15], 20.1);
  EXPECT_LT(calm[29], 20.1);
  EXPECT_GT(calm[30], 20.4);
}

TEST(ChangePoints, finds_a_step_and_says_where_and_how_large) {
  Random random(4);
  const auto points = change_points(with_step(noise(random, 120, 0.01), 80, 0.05), {});
  ASSERT_EQ(points.size(), 1u);
  EXPECT_NEAR(points[0].step(), 0.05, 0.01);
  EXPECT_LE(points[0].earliest, 80u);
  EXPECT_GE(points[0].latest, 80u);
  EXPECT_LE(points[0].latest - points[0].earliest, 4u);
}

TEST(ChangePoints, of_one_wild_night_there_are_none_wherever_it_lies) {
  Random random(5);
  for (std::size_t at = 0; at < 60; ++at) {
    std::vector<double> values = noise(random, 60, 0.01);
    values[at] += 1;
    EXPECT_TRUE(change_points(values, {}).empty()) << at;
  }
}

TEST(ChangePoints, need_fourteen_values) {
  std::vector<double> values(13, 20.0);
  std::fill(values.begin() + 7, values.end(), 21.0);
  EXPECT_TRUE(change_points(values, {}).empty());
  values.push_back(21.0);
  EXPECT_EQ(change_points(values, {}).size(), 1u);
}

TEST(ChangePoints, in_a_long_series_are_found_in_every_place) {
  Random random(6);
  std::vector<double> values = noise(random, 3000, 0.01);
  std::size_t expected = 0;
  for (std::size_t at = 61; at < values.size(); at += 61, ++expected)
    values = with_step(std::move(values), at, expected % 2 == 0 ? 0.1 : -0.1);
  EXPECT_EQ(change_points(values, {}).size(), expected);
}

TEST(ChangePoints, of_long_ago_stay_when_nights_are_added) {
  Random random(7);
  const std::vector<double> values = with_step(noise(random, 1500, 0.02), 400, 0.1);
  const auto all = change_points(values, {});
  const auto before = change_points(std::span(values).first(1200), {});
  ASSERT_FALSE(before.empty());
  EXPECT_EQ(all[0].at, before[0].at);
}

// The range has to hold the true place in 95 of 100 series; 88 is four standard errors below.
TEST(ChangePoints, lie_in_the_range_that_is_told) {
  Random random(8);
  int inside = 0;
  int found = 0;
  for (int round = 0; round < 200; ++round) {
    for (const auto &point : change_points(with_step(noise(random, 80, 0.03), 50, 0.06), {})) {
      ++found;
      inside += point.earliest <= 50 && point.latest >= 50;
    }
  }
  EXPECT_GT(found, 150);
  EXPECT_GT(inside, found * 0.88);
}

// Seen from its end night after night: one false step in a thousand nights is what was asked for.
TEST(ChangePoints, of_pure_noise_are_rarer_than_asked_for) {
  Random random(9);
  const std::vector<double> values = noise(random, 1200, 0.03);
  int nights = 0;
  for (std::size_t length = 30; length <= values.size(); ++length) {
    const auto points = change_points(std::span(values).first(length), {});
    nights += !points.empty() && points.back().at + 3 == length;
  }
  EXPECT_LE(nights, 3);
}

using Changes = std::vector<std::size_t>;

double cost_of_segment(const std::vector<double> &values, std::size_t begin, std::size_t end) {
  double mean = 0;
  for (std::size_t i = begin; i < end; ++i)
    mean += values[i] / static_cast<double>(end - begin);
  double cost = 0;
  for (std::size_t i = begin; i < end; ++i)
    cost += (values[i] - mean) * (values[i] - mean);
  return cost;
}

/// By the definition, over every segmentation.
struct Best {
  double cost = std::numeric_limits<double>::infinity();
  Changes changes;
};

void search(const std::vector<double> &values, double penalty, std::size_t shortest, Changes &path,
            double cost, Best &best) {
  const std::size_t begin = path.empty() ? 0 : path.back();
  const double whole = cost + cost_of_segment(values, begin, values.size());
  if (values.size() - begin >= shortest && whole < best.cost)
    best = {whole, path};
  for (std::size_t next = begin + shortest; next + shortest <= values.size(); ++next) {
    const double more = cost + cost_of_segment(values, begin, next) + penalty;
    path.push_back(next);
    search(values, penalty, shortest, path, more, best);
    path.pop_back();
  }
}

TEST(Pelt, is_the_best_of_all_segmentations) {
  Random random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> values;
    double level = 0;
    for (int i = 0; i < 14; ++i) {
      if (random.below(5) == 0)
        level = 4 * random.unit();
      values.push_back(1000 + level + random.unit());
    }
    for (const std::size_t shortest : {1, 2, 3}) {
      Best best;
      Changes path;
      search(values, 0.4, shortest, path, 0, best);
      EXPECT_EQ(pelt(values, 0.4, shortest), best.changes) << round << ' ' << shortest;
    }
  }
}

TEST(Pelt, finds_nothing_where_nothing_changes) {
  EXPECT_EQ(pelt(std::vector<double>(50, 3.5), 1, 3), Changes{});
}

TEST(Pelt, finds_nothing_in_fewer_than_two_segments) {
  EXPECT_EQ(pelt({}, 1, 3), Changes{});
  EXPECT_EQ(pelt(std::vector<double>{1, 1, 1, 9, 9}, 1, 3), Changes{});
}

TEST(Pelt, finds_steps_at_both_ends) {
  const std::vector<double> values = {9, 9, 9, 1, 1, 1, 1, 1, 1, 9, 9, 9};
  EXPECT_EQ(pelt(values, 1, 3), (Changes{3, 9}));
}

} // namespace
} // namespace bootperf
