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

} // namespace
} // namespace bootperf
