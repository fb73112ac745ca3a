#include "trend/check.h"

#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "statistics/noise.h"
#include "trend/steps.h"
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
      history_.sessions.push_back({record.session, record.created, record.commit, record.host});
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

  /// Whether a check in any of the nights, by what was known then, found news of that night.
  static bool was_fresh_near(const std::vector<double> &means, std::uint32_t night) {
    ChangePointSettings finding;
    finding.values_between_false_alarms = 100 * 2 * 2; // two gates share half of the false alarms
    for (std::size_t nights = 14; nights <= means.size(); ++nights)
      for (const Step &step : steps_of(std::span(means).first(nights), 7, finding))
        if (step.fresh && std::expm1(step.point.step()) >= 0.02 &&
            step.point.earliest <= night + 7 && night <= step.point.latest + 7)
          return true;
    return false;
  }

  TrendCheck checked() const { return check_trend(history_, policy_, {}); }

  static constexpr int length = 60;
  Policy policy_;
  History history_;
};

TEST_F(Trend, passes_when_nothing_happens) {
  EXPECT_EQ(checked().exit, ExitCode::pass);
  EXPECT_TRUE(checked().open().empty());
}

TEST_F(Trend, has_regressed_by_a_slower_step_and_says_between_which_nights) {
  slow_down(init(), 56, 0.05);
  const TrendCheck check = checked();
  EXPECT_EQ(check.exit, ExitCode::regressed);
  ASSERT_EQ(check.open().size(), 1u);
  const PhaseStep &step = *check.open()[0];
  EXPECT_EQ(step.phase, "run > launch > /init");
  EXPECT_TRUE(step.gated);
  EXPECT_NEAR(step.change, 0.05, 0.015);
  EXPECT_LE(step.last_before, 55u);
  EXPECT_GE(step.first_after, 56u);
  EXPECT_LE(step.first_after - step.last_before, 4u);
}

TEST_F(Trend, has_regressed_by_a_step_of_long_ago_too) {
  slow_down(init(), 20, 0.05);
  const TrendCheck check = checked();
  EXPECT_EQ(check.exit, ExitCode::regressed);
  ASSERT_EQ(check.open().size(), 1u);
  EXPECT_NEAR(check.open()[0]->night, 20, 1);
}

TEST_F(Trend, passes_with_a_step_of_long_ago_that_was_accepted) {
  slow_down(init(), 20, 0.05);
  init().accepted.push_back({22, "2024-05-01T12:00:00Z", "more probes", "R. Jones"});
  const TrendCheck check = checked();
  EXPECT_EQ(check.exit, ExitCode::pass);
  ASSERT_EQ(check.classes[0].steps.size(), 1u);
  EXPECT_EQ(check.classes[0].steps[0].state, StepState::accepted);
  EXPECT_EQ(check.classes[0].steps[0].accepted->by, "R. Jones");
}

TEST_F(Trend, passes_once_half_of_a_step_was_taken_back_and_tells_the_night) {
  slow_down(init(), 20, 0.08);
  slow_down(init(), 40, -0.05);
  const TrendCheck check = checked();
  EXPECT_EQ(check.exit, ExitCode::pass);
  const PhaseStep &step = check.classes[0].steps.back();
  EXPECT_EQ(step.state, StepState::reversed);
  ASSERT_TRUE(step.reversed_in.has_value());
  EXPECT_NEAR(*step.reversed_in, 40, 1);
}

TEST_F(Trend, has_regressed_while_more_than_half_of_a_step_is_left) {
  slow_down(init(), 20, 0.10);
  slow_down(init(), 40, -0.03);
  EXPECT_EQ(checked().exit, ExitCode::regressed);
  ASSERT_EQ(checked().open().size(), 1u);
  EXPECT_NEAR(checked().open()[0]->night, 20, 1);
}

TEST_F(Trend, does_not_take_what_came_back_of_an_accepted_step_for_that_of_another) {
  slow_down(init(), 15, 0.05);
  slow_down(init(), 30, 0.10);
  slow_down(init(), 45, 1 / 1.1 - 1);
  init().accepted.push_back({30, "2024-05-01T12:00:00Z", "a new kernel", ""});
  ASSERT_EQ(checked().open().size(), 1u);
  EXPECT_NEAR(checked().open()[0]->night, 15, 1);
}

TEST_F(Trend, keeps_open_what_an_earlier_night_opened_and_opens_nothing_else) {
  int open = 0;
  int old = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    // So small a step that it stands out soon, late, or after weeks.
    Random random(seed);
    const std::vector<double> means = with_step(noise(random, length, 0.04), 20, 0.055);
    for (std::size_t i = 0; i < means.size(); ++i)
      init().points[i].mean = means[i];
    const TrendCheck check = checked();
    for (const PhaseStep &step : check.classes[0].steps) {
      if (step.phase != init().phase || step.change < 0 || step.reversed_in || step.night >= 53)
        continue;
      EXPECT_EQ(step.state == StepState::open, was_fresh_near(means, step.night))
          << "seed " << seed << ", night " << step.night << ": " << to_text(step.state);
      (step.state == StepState::open ? open : old) += 1;
    }
  }
  EXPECT_GT(open, 10);
  EXPECT_GT(old, 0);
}

TEST_F(Trend, passes_with_a_step_in_a_phase_that_is_no_longer_measured) {
  PhaseSeries &guestfsd = history_.classes[0].series[2];
  slow_down(guestfsd, 40, 0.10);
  guestfsd.points.resize(45);
  const TrendCheck check = checked();
  EXPECT_EQ(check.exit, ExitCode::pass);
  EXPECT_EQ(check.classes[0].steps.at(0).state, StepState::old);
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
  init().accepted.push_back({57, "2024-05-01T12:00:00Z", "more probes", ""});
  EXPECT_EQ(checked().exit, ExitCode::pass);
  EXPECT_EQ(checked().classes[0].steps[0].state, StepState::accepted);
  EXPECT_EQ(checked().classes[0].steps[0].accepted->reason, "more probes");
}

TEST_F(Trend, has_regressed_by_another_step_than_the_accepted_one) {
  slow_down(init(), 56, 0.05);
  init().accepted.push_back({20, "2024-05-01T12:00:00Z", "more probes", ""});
  EXPECT_EQ(checked().exit, ExitCode::regressed);
}

TEST_F(Trend, passes_with_a_step_below_the_tolerance) {
  slow_down(history_.classes[0].series[0], 54, 0.03); // 14 ms of 485 ms: below the floor of 20 ms
  EXPECT_EQ(checked().exit, ExitCode::pass);
}

TEST_F(Trend, is_not_measured_with_too_few_nights) {
  for (PhaseSeries &series : history_.classes[0].series)
    series.points.erase(series.points.begin(), series.points.end() - 13);
  EXPECT_EQ(checked().exit, ExitCode::not_measured);
  EXPECT_NE(checked().classes[0].not_measured.find("13 of the 14 nights"), std::string::npos);
}

TEST_F(Trend, has_as_many_nights_as_days_whatever_its_sessions) {
  // Four shards a night for thirteen nights are 52 sessions, and still thirteen nights.
  for (std::size_t i = 0; i < history_.sessions.size(); ++i)
    history_.sessions[i].created = fmt::format("2024-05-{:02}T01:00:00Z", i / 4 + 1);
  history_.sessions.resize(52);
  for (PhaseSeries &series : history_.classes[0].series)
    series.points.resize(52);
  EXPECT_EQ(checked().exit, ExitCode::not_measured);
  EXPECT_EQ(checked().classes[0].not_measured, "13 of the 14 nights needed to detect a step");
}

TEST_F(Trend, counts_the_seven_nights_of_a_step_and_the_three_of_an_acceptance_in_its_own_nights) {
  // Another class has eleven sessions on each of its days.
  History busy{{}, history_.classes};
  for (const TrendSession &session : history_.sessions)
    for (int i = 0; i < 12; ++i)
      busy.sessions.push_back({fmt::format("{}-{:02}", session.id, i), session.created, "", ""});
  for (PhaseSeries &series : busy.classes[0].series)
    for (TrendPoint &point : series.points)
      point.session *= 12;
  history_ = busy;
  ClassHistory other = class_of("traced");
  for (PhaseSeries &series : other.series) {
    const std::vector<TrendPoint> points = std::move(series.points);
    series.points.clear();
    for (const TrendPoint &point : points)
      for (std::uint32_t i = 1; i < 12; ++i)
        series.points.push_back({12 * point.session + i, 10, point.mean, 0.05});
  }
  history_.classes.push_back(other);
  slow_down(init(), 54, 0.05);
  EXPECT_EQ(checked().exit, ExitCode::regressed) << "six nights ago, 72 sessions";
  init().accepted.push_back({12 * 57, "2024-05-01T12:00:00Z", "more probes", ""});
  EXPECT_EQ(checked().exit, ExitCode::pass) << "told three nights off";
}

TEST_F(Trend, passes_with_a_class_of_too_few_nights_beside_one_that_decides) {
  ClassHistory other = class_of("quiet");
  other.machine_class.keys["cpu_model"] = "another";
  for (PhaseSeries &series : other.series)
    series.points.erase(series.points.begin(), series.points.end() - 3);
  history_.classes.push_back(other);
  const TrendCheck check = checked();
  EXPECT_EQ(check.exit, ExitCode::pass);
  EXPECT_FALSE(check.classes[1].decides);
  EXPECT_EQ(check.classes[1].not_measured, "3 of the 14 nights needed to detect a step");
}

TEST_F(Trend, does_not_miss_a_class_in_whose_place_a_new_one_has_come) {
  ClassHistory other = class_of("quiet");
  for (PhaseSeries &series : other.series)
    series.points.erase(series.points.begin(), series.points.end() - 2);
  history_.classes.push_back(other);
  history_.classes.push_back(class_of("traced"));
  for (PhaseSeries &series : history_.classes[0].series)
    series.points.resize(series.points.size() - 2);
  EXPECT_EQ(checked().exit, ExitCode::pass);
}

TEST_F(Trend, has_regressed_by_an_open_step_of_a_class_that_has_come_to_its_end) {
  slow_down(init(), 40, 0.05);
  for (PhaseSeries &series : history_.classes[0].series)
    series.points.resize(50);
  history_.classes.push_back(class_of("traced"));
  const TrendCheck check = checked();
  EXPECT_EQ(check.exit, ExitCode::regressed);
  EXPECT_TRUE(check.classes[0].ended);
}

TEST_F(Trend, shows_a_step_of_the_wall_time_of_counted_launches_and_does_not_fail) {
  slow_down(init(), 56, 0.05);
  history_.classes[0].machine_class.keys["mode"] = "counted";
  history_.classes.push_back(class_of("traced"));
  const TrendCheck check = checked();
  EXPECT_EQ(check.exit, ExitCode::pass);
  EXPECT_EQ(check.classes[0].steps.at(0).state, StepState::advisory);
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
  init().points[49].mean += 1;
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
    std::erase_if(series.points, [](const TrendPoint &point) { return point.session % 3 != 0; });
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
  EXPECT_TRUE(check.open().at(0)->gated);
}

TEST_F(Trend, is_not_measured_when_a_gate_names_nothing_whatever_else_is_there) {
  init().phase = "";
  EXPECT_EQ(checked().exit, ExitCode::not_measured);
}

} // namespace
} // namespace bootperf
