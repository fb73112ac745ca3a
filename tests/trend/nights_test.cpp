#include "trend/nights.h"

#include <cmath>

#include <gtest/gtest.h>

#include "statistics/noise.h"
#include "statistics/summary.h"

namespace bootperf {
namespace {

TrendPoint point_of(std::uint32_t session, const std::vector<double> &logs) {
  const Summary summary = summarise(logs);
  return {session, static_cast<std::uint32_t>(logs.size()), summary.mean,
          logs.size() > 1 ? summary.standard_deviation : 0};
}

TEST(PooledSessions, have_the_mean_and_the_spread_of_all_their_launches) {
  Random random(1);
  const std::vector<std::vector<double>> sessions = {
      noise(random, 10, 0.05), {20.5}, noise(random, 3, 0.01)};
  std::vector<TrendPoint> points;
  std::vector<double> all;
  for (const std::vector<double> &logs : sessions) {
    points.push_back(point_of(0, logs));
    all.insert(all.end(), logs.begin(), logs.end());
  }
  const NightValue value = pooled(points);
  const Summary expected = summarise(all);
  EXPECT_EQ(value.launches, 14u);
  EXPECT_NEAR(value.mean, expected.mean, 1e-12);
  EXPECT_NEAR(value.spread, expected.standard_deviation, 1e-12);
}

TEST(PooledSessions, of_one_launch_have_no_spread) {
  const std::vector<TrendPoint> point = {{0, 1, 20, 0}};
  EXPECT_EQ(pooled(point).spread, 0);
  EXPECT_EQ(pooled(point).mean, 20);
}

/// Two sessions on the first of May and one on each of the next two days, the last in another
/// class.
class Nights : public testing::Test {
protected:
  Nights() {
    for (const char *created : {"2024-05-01T00:00:00Z", "2024-05-01T23:59:59Z",
                                "2024-05-02T00:00:00Z", "2024-05-03T12:00:00Z"})
      history_.sessions.push_back({created, created, "", ""});
    ClassHistory &each = history_.classes.emplace_back();
    each.series.push_back({1, "run", {{0, 1, 20, 0}, {1, 3, 21, 0}, {2, 1, 22, 0}}, {}});
    each.series.push_back({2, "run > rare", {{1, 1, 5, 0}}, {}});
    ClassHistory &other = history_.classes.emplace_back();
    other.series.push_back({3, "run", {{3, 1, 20, 0}}, {}});
  }

  ClassNights nights(std::size_t i) const { return nights_of(history_.classes[i], Days(history_)); }

  History history_;
};

TEST_F(Nights, are_days_however_many_sessions_they_have) {
  EXPECT_EQ(Days(history_).count(), 3u);
  const ClassNights all = nights(0);
  ASSERT_EQ(all.nights.size(), 2u);
  EXPECT_EQ(all.nights[0].sessions, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(date_of(history_, all.nights[1]), "2024-05-02");
  ASSERT_EQ(all.series[0].size(), 2u);
  EXPECT_EQ(all.series[0][0].mean, 20.75) << "weighted by launches";
  EXPECT_EQ(all.series[1].size(), 1u) << "measured by one of two shards";
}

TEST_F(Nights, are_those_of_their_class) {
  ASSERT_EQ(nights(1).nights.size(), 1u);
  EXPECT_EQ(nights(1).nights[0].day, 2u);
}

TEST_F(Nights, are_found_by_their_day_or_the_one_before) {
  EXPECT_EQ(nights(0).night_of(0), 0u);
  EXPECT_EQ(nights(0).night_of(1), 1u);
  EXPECT_EQ(nights(0).night_of(2), 1u);
  EXPECT_EQ(nights(1).night_of(0), 0u) << "before its first night";
}

} // namespace
} // namespace bootperf
