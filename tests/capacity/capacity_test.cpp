#include "capacity/capacity.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

constexpr std::int64_t second = 1'000'000'000;

/// So many launches at once, each of the same time; elapsed is what all of them took.
void add_level(Session &session, std::size_t at_once, std::size_t launches, std::int64_t each_s,
               std::uint64_t elapsed_s, std::size_t failed = 0) {
  if (!session.capacity)
    session.capacity.emplace();
  session.capacity->levels.push_back({at_once, elapsed_s * static_cast<std::uint64_t>(second)});
  for (std::size_t i = 0; i < launches + failed; ++i) {
    Launch launch;
    launch.scenario = "Launch/quiet";
    launch.subject = level_subject(at_once);
    launch.ok = i < launches;
    launch.wall_ns = each_s * second;
    launch.peak_memory_bytes = 300'000'000 + static_cast<std::int64_t>(i);
    session.launches.push_back(std::move(launch));
  }
}

/// Two cores: twice as many at two at once, no more at four.
Session two_cores() {
  Session session;
  session.host["name"] = "here";
  add_level(session, 1, 4, 15, 60);
  add_level(session, 2, 8, 15, 60);
  add_level(session, 4, 16, 29, 118);
  return session;
}

TEST(CapacityCurve, SaysHowManyGuestsAMinuteEachLevelMakes) {
  const auto curve = capacity_curve(two_cores());
  ASSERT_TRUE(curve) << curve.error().message;
  ASSERT_EQ(curve->levels.size(), 3u);
  EXPECT_DOUBLE_EQ(curve->levels[0].a_minute(), 4);
  EXPECT_DOUBLE_EQ(curve->levels[1].a_minute(), 8);
  EXPECT_NEAR(curve->levels[2].a_minute(), 8.136, 0.001);
  EXPECT_DOUBLE_EQ(curve->levels[2].median_ns, 29e9);
  EXPECT_EQ(curve->levels[1].memory_bytes, 2 * 300'000'007) << "of the largest";
  EXPECT_EQ(curve->host, "here");
}

TEST(CapacityCurve, ItsKneeIsTheFewestAtOnceThatMakeNearlyTheMost) {
  EXPECT_EQ(capacity_curve(two_cores())->knee().at_once, 2u);
}

TEST(CapacityCurve, FailedLaunchesAreNoGuests) {
  Session session;
  add_level(session, 1, 2, 15, 60, 2);
  const auto curve = capacity_curve(session);
  ASSERT_TRUE(curve);
  EXPECT_EQ(curve->levels[0].failed, 2u);
  EXPECT_DOUBLE_EQ(curve->levels[0].a_minute(), 2);
}

TEST(CapacityCurve, OfAnotherSessionIsAnError) {
  const auto curve = capacity_curve(Session{});
  ASSERT_FALSE(curve);
  EXPECT_EQ(curve.error().kind, ErrorKind::input);
}

TEST(CapacityCurve, WhereNoGuestCameUpNothingWasMeasured) {
  Session session;
  add_level(session, 1, 0, 15, 60, 4);
  const auto curve = capacity_curve(session);
  ASSERT_FALSE(curve);
  EXPECT_EQ(curve.error().kind, ErrorKind::not_measured);
}

TEST(CapacityCurve, AnotherLevelIsWorthItWhileThroughputGrows) {
  Session session;
  add_level(session, 1, 4, 15, 60);
  EXPECT_TRUE(still_grows(*capacity_curve(session)));
  add_level(session, 2, 8, 15, 60);
  EXPECT_TRUE(still_grows(*capacity_curve(session)));
  add_level(session, 4, 16, 29, 118);
  EXPECT_FALSE(still_grows(*capacity_curve(session))) << "2 % more";
}

TEST(CapacityCurve, AnotherLevelIsNotWorthItWhenTooManyFail) {
  Session session;
  add_level(session, 1, 4, 15, 60);
  add_level(session, 2, 12, 15, 60, 4);
  EXPECT_FALSE(still_grows(*capacity_curve(session)));
}

TEST(CapacityAnswer, SaysHowManySuchMachinesWouldDo) {
  const CapacityAnswer answer =
      capacity_answer({*capacity_curve(two_cores())}, {1000, 300 * second});
  EXPECT_DOUBLE_EQ(answer.needed_a_minute, 200);
  EXPECT_DOUBLE_EQ(answer.made_a_minute, 8) << "at the knee";
  EXPECT_FALSE(answer.enough);
  EXPECT_EQ(answer.machines, 25u);
}

TEST(CapacityAnswer, AddsUpMachines) {
  const CapacityCurve curve = *capacity_curve(two_cores());
  const CapacityAnswer answer = capacity_answer({curve, curve}, {80, 300 * second});
  EXPECT_DOUBLE_EQ(answer.made_a_minute, 16);
  EXPECT_TRUE(answer.enough);
  EXPECT_EQ(answer.machines, 2u);
}

} // namespace
} // namespace bootperf
