#include "trend/steps.h"

#include <gtest/gtest.h>

#include "statistics/noise.h"

namespace bootperf {
namespace {

constexpr std::size_t nights = 7;

std::vector<bool> freshness(const std::vector<double> &values) {
  std::vector<bool> fresh;
  for (const Step &step : steps_of(values, nights, {}))
    fresh.push_back(step.fresh);
  return fresh;
}

TEST(FreshSteps, lie_in_the_last_nights) {
  Random random(1);
  const std::vector<double> calm = noise(random, 100, 0.01);
  EXPECT_EQ(freshness(with_step(calm, 95, 0.1)), std::vector<bool>{true});
  EXPECT_EQ(freshness(with_step(calm, 60, 0.1)), std::vector<bool>{false});
}

TEST(FreshSteps, that_came_into_sight_late_are_still_news) {
  Random random(2);
  // Half a deviation of the noise: weeks go by until it can be told.
  const std::vector<double> values = with_step(noise(random, 140, 0.03), 100, 0.05);
  std::size_t first_seen = 0;
  bool news = false;
  for (std::size_t length = 101; length <= values.size() && first_seen == 0; ++length)
    for (const Step &step : steps_of(std::span(values).first(length), nights, {})) {
      first_seen = length;
      news = step.fresh;
    }
  ASSERT_GT(first_seen, 0u);
  EXPECT_TRUE(news);
}

TEST(FreshSteps, may_be_the_same_only_in_the_same_direction_and_place) {
  const ChangePoint up{50, 48, 52, 1, 2};
  EXPECT_TRUE(may_be_same(up, {55, 54, 56, 1, 2}, 2));
  EXPECT_FALSE(may_be_same(up, {55, 54, 56, 1, 2}, 1));
  EXPECT_FALSE(may_be_same(up, {50, 48, 52, 2, 1}, 2));
}

std::vector<Step> levels(std::initializer_list<double> means) {
  std::vector<Step> steps;
  const double *before = nullptr;
  for (const double &mean : means) {
    if (before != nullptr)
      steps.push_back({{10 * (steps.size() + 1), 0, 0, *before, mean}, false});
    before = &mean;
  }
  return steps;
}

TEST(Reversal, takes_at_least_half_of_a_step_away) {
  EXPECT_EQ(reversal_of(levels({1, 3, 2}), 0), 1u);
  EXPECT_EQ(reversal_of(levels({1, 3, 2.1}), 0), 2u) << "none";
  EXPECT_EQ(reversal_of(levels({1, 3, 2.4, 1.9, 3}), 0), 2u) << "in two steps back";
  EXPECT_EQ(reversal_of(levels({1, 3, 5, 3, 1}), 1), 2u);
  EXPECT_EQ(reversal_of(levels({1, 3, 5, 3, 1}), 0), 3u);
}

TEST(Replay, sees_an_old_step_as_it_was_when_it_was_news) {
  Random random(1);
  const std::vector<double> values = with_step(noise(random, 400, 0.01), 300, 0.1);
  const std::vector<Step> steps = steps_of(values, nights, {});
  ASSERT_EQ(steps.size(), 1u);
  EXPECT_FALSE(steps[0].fresh);
  std::vector<ChangePoint> seen;
  replay(values, steps[0].point, nights, {}, [&](const ChangePoint &then) {
    seen.push_back(then);
    return seen.size() < 2;
  });
  ASSERT_EQ(seen.size(), 2u) << "as long as it is told to go on";
  EXPECT_NEAR(static_cast<double>(seen[0].at), 300, 1);
  EXPECT_GT(seen[0].step(), 0.02) << "single values are pulled in";
}

TEST(Replay, sees_nothing_of_a_step_that_stood_out_late) {
  Random random(2);
  const std::vector<double> values = with_step(noise(random, 400, 0.03), 300, 0.012);
  int seen = 0;
  replay(values, {300, 290, 310, 20, 20.012}, nights, {}, [&](const ChangePoint &) {
    ++seen;
    return true;
  });
  EXPECT_EQ(seen, 0);
}

TEST(Replay, sees_what_the_checks_of_those_nights_saw_and_nothing_else) {
  // A step that stands out after weeks, late in a series of years.
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    const std::vector<double> values = with_step(noise(random, 900, 0.03), 800, 0.02);
    for (const Step &step : steps_of(values, nights, {})) {
      if (step.point.at < 780)
        continue;
      std::vector<std::size_t> replayed, seen;
      replay(values, step.point, nights, {}, [&](const ChangePoint &then) {
        replayed.push_back(then.at);
        return true;
      });
      for (std::size_t end = step.point.earliest + 1;
           end <= std::min(values.size(), step.point.latest + 5 * nights); ++end)
        for (const Step &then : steps_of(std::span(values).first(end), nights, {}))
          if (then.fresh && may_be_same(then.point, step.point, nights))
            seen.push_back(then.point.at);
      EXPECT_EQ(replayed, seen) << "seed " << seed;
    }
  }
}

} // namespace
} // namespace bootperf
