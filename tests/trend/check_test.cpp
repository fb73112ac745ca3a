#include "trend/check.h"

#include <cmath>

#include <gtest/gtest.h>

#include "statistics/noise.h"
#include "trend/store/stores.h"

namespace bootperf {
namespace {

/// Sixty nights of one class in which nothing happens, by wall time.
class Trend : public testing::Test {
protected:
  Trend() {
    policy_ = *parse_policy("gates:\n"
                            "  wall:\n"
                            "    - {phase: launch, tolerance: 10 %, floor: 20 ms}\n"
                            "    - {phase: /init, tolerance: 10 %}\n",
                            "policy.yaml");
    for (int night = 0; night < length; ++night) {
      const SessionRecord record = night_record(night);
      history_.nights.push_back({record.session, record.created, record.commit, record.host});
    }
    history_.classes.push_back(class_of("quiet"));
  }

  static ClassHistory class_of(const std::string &mode) {
    Random random(1);
    ClassHistory result;
    result.machine_class = {Metric::wall, {{"mode", mode}, {"arch", "x86_64"}}};
    result.name = result.machine_class.name();
    for (const char *phase : {"run > launch", "run > launch > /init", "run > launch > guestfsd"}) {
      PhaseSeries series{static_cast<std::int64_t>(result.series.size()), phase, {}, {}};
      for (const double mean : noise(random, length, 0.01))
        series.points.push_back({static_cast<std::uint32_t>(series.points.size()), 10, mean, 0.05});
      result.series.push_back(series);
    }
    return result;
  }

  PhaseSeries &init() { return history_.classes[0].series[1]; }

  static void slow_down(PhaseSeries &series, std::size_t from, double change) {
    for (std::size_t i = from; i < series.points.size(); ++i)
      series.points[i].mean += std::log1p(change);
  }

  TrendCheck checked() const { return check_trend(history_, policy_, {}); }

  static constexpr int length = 60;
  Policy policy_;
  History history_;
};

TEST_F(Trend, passes_when_nothing_happens) {
  EXPECT_EQ(checked().exit, ExitCode::pass);
  EXPECT_TRUE(checked().fresh().empty());
}

TEST_F(Trend, has_regressed_by_a_new_slower_step_and_says_between_which_nights) {
  slow_down(init(), 56, 0.05);
  const TrendCheck check = checked();
  EXPECT_EQ(check.exit, ExitCode::regressed);
  ASSERT_EQ(check.fresh().size(), 1u);
  const PhaseStep &step = *check.fresh()[0];
  EXPECT_EQ(step.phase, "run > launch > /init");
  EXPECT_TRUE(step.gated);
  EXPECT_NEAR(step.change, 0.05, 0.015);
  EXPECT_LE(step.last_before, 55u);
  EXPECT_GE(step.first_after, 56u);
  EXPECT_LE(step.first_after - step.last_before, 4u);
}

TEST_F(Trend, passes_with_a_step_of_long_ago) {
  slow_down(init(), 30, 0.05);
  EXPECT_EQ(checked().exit, ExitCode::pass);
  ASSERT_EQ(checked().classes[0].steps.size(), 1u);
  EXPECT_EQ(checked().classes[0].steps[0].state, StepState::old);
}

TEST_F(Trend, passes_when_something_got_faster) {
  slow_down(init(), 56, -0.05);
  EXPECT_EQ(checked().exit, ExitCode::pass);
  EXPECT_EQ(checked().classes[0].steps[0].state, StepState::faster);
}

TEST_F(Trend, passes_with_one_wild_night) {
  init().points[57].mean += 1;
  EXPECT_EQ(checked().exit, ExitCode::pass);
}

TEST_F(Trend, passes_with_a_step_that_was_accepted_and_gives_the_reason) {
  slow_down(init(), 56, 0.05);
  init().accepted.push_back({57, "2024-05-01T12:00:00Z", "more probes"});
  EXPECT_EQ(checked().exit, ExitCode::pass);
  EXPECT_EQ(checked().classes[0].steps[0].state, StepState::accepted);
  EXPECT_EQ(checked().classes[0].steps[0].reason, "more probes");
}

TEST_F(Trend, has_regressed_by_another_step_than_the_accepted_one) {
  slow_down(init(), 56, 0.05);
  init().accepted.push_back({20, "2024-05-01T12:00:00Z", "more probes"});
  EXPECT_EQ(checked().exit, ExitCode::regressed);
}

TEST_F(Trend, passes_with_a_step_below_the_tolerance) {
  slow_down(init(), 40, 0.05);
  slow_down(history_.classes[0].series[0], 54, 0.03); // 14 ms of 485 ms: below the floor of 20 ms
  EXPECT_EQ(checked().exit, ExitCode::pass);
}

TEST_F(Trend, is_not_measured_with_too_few_nights) {
  for (PhaseSeries &series : history_.classes[0].series)
    series.points.erase(series.points.begin(), series.points.end() - 13);
  EXPECT_EQ(checked().exit, ExitCode::not_measured);
  EXPECT_NE(checked().classes[0].not_measured.find("13 of the 14 nights"), std::string::npos);
}

TEST_F(Trend, is_not_measured_when_a_gated_phase_is_missing_in_the_last_night) {
  init().points.pop_back();
  EXPECT_EQ(checked().exit, ExitCode::not_measured);
  EXPECT_NE(checked().classes[0].not_measured.find("/init"), std::string::npos);
}

TEST_F(Trend, that_is_empty_is_not_measured) {
  EXPECT_EQ(check_trend({}, policy_, {}).exit, ExitCode::not_measured);
}

TEST_F(Trend, is_not_decided_by_a_class_that_has_come_to_its_end) {
  slow_down(init(), 48, 0.05);
  for (PhaseSeries &series : history_.classes[0].series)
    series.points.resize(50);
  history_.classes.push_back(class_of("traced"));
  const TrendCheck check = checked();
  EXPECT_EQ(check.exit, ExitCode::pass);
  EXPECT_FALSE(check.classes[0].decides);
  EXPECT_TRUE(check.classes[1].decides);
}

TEST_F(Trend, is_not_decided_by_the_wall_time_of_counted_launches) {
  slow_down(init(), 56, 0.05);
  history_.classes[0].machine_class.keys["mode"] = "counted";
  EXPECT_EQ(checked().exit, ExitCode::not_measured); // nothing decides
}

TEST_F(Trend, is_not_measured_when_a_class_is_missing_that_was_there_every_day) {
  history_.classes.push_back(class_of("traced"));
  for (PhaseSeries &series : history_.classes[0].series)
    series.points.pop_back();
  const TrendCheck check = checked();
  EXPECT_EQ(check.exit, ExitCode::not_measured);
  EXPECT_EQ(check.classes[0].not_measured, "no session of it in the last day");
  EXPECT_EQ(check.classes[1].not_measured, "");
}

TEST_F(Trend, does_not_miss_a_class_in_whose_place_another_has_come) {
  history_.classes.push_back(class_of("quiet"));
  for (PhaseSeries &series : history_.classes[0].series)
    series.points.pop_back();
  EXPECT_EQ(checked().exit, ExitCode::pass);
}

TEST_F(Trend, does_not_miss_a_class_that_comes_every_third_day) {
  history_.classes.push_back(class_of("traced"));
  for (PhaseSeries &series : history_.classes[0].series)
    std::erase_if(series.points, [](const TrendPoint &point) { return point.night % 3 != 0; });
  EXPECT_EQ(checked().exit, ExitCode::pass);
}

TEST_F(Trend, gates_the_phase_of_the_last_night_when_it_has_moved) {
  PhaseSeries older = init();
  older.id = 9;
  older.phase = "run > /init";
  older.points.resize(20);
  history_.classes[0].series.push_back(older);
  slow_down(init(), 56, 0.05);
  const TrendCheck check = checked();
  EXPECT_EQ(check.classes[0].not_measured, "");
  EXPECT_EQ(check.exit, ExitCode::regressed);
  EXPECT_TRUE(check.fresh().at(0)->gated);
}

TEST_F(Trend, is_not_measured_when_a_gate_names_nothing_whatever_else_is_there) {
  init().phase = "";
  EXPECT_EQ(checked().exit, ExitCode::not_measured);
}

} // namespace
} // namespace bootperf
