#include <cmath>

#include <gtest/gtest.h>

#include "verdict/check/check.h"
#include "verdict/synthetic.h"

namespace bootperf {
namespace {

using synthetic::session;
using synthetic::Shape;

const std::string mount_id = "run > launch > /init > mount";
const std::string udev_id = "run > launch > /init > udev";

Shape waiting(double mount_ms, double udev_ms) {
  Shape shape;
  shape.waits = {{mount_id, mount_ms}, {udev_id, udev_ms}};
  return shape;
}

Policy gating_waits() {
  Policy result = synthetic::policy();
  for (const char *phase : {"launch", "kernel", "/init"}) {
    Gate gate{.phase = phase,
              .tolerance = 0,
              .floor = 100e6,
              .where = {},
              .modes = {"counted"},
              .scenarios = {}};
    gate.waiting = true;
    result.waiting.push_back(gate);
  }
  return result;
}

Baseline waits_before(const Shape &shape = waiting(0, 640)) {
  return synthetic::baseline({session("stored", "counted", 25, shape)}, "Launch/counted",
                             Metric::instructions, gating_waits());
}

CheckReport check_waits(const Shape &now, const Baseline &baseline = waits_before(),
                        int launches = 2) {
  return check_session(session("now", "counted", launches, now), {baseline}, gating_waits(), {});
}

const PhaseVerdict &waited(const CheckReport &report, std::string_view id) {
  for (const PhaseVerdict &phase : report.checks.at(0).phases)
    if (phase.waiting && phase.phase == id)
      return phase;
  throw std::runtime_error("nothing is said of the waiting of " + std::string(id));
}

TEST(Waiting, unchanged_passes_beside_the_work) {
  const CheckReport report = check_waits(waiting(0, 640));
  EXPECT_EQ(report.exit, ExitCode::pass);
  ASSERT_EQ(report.checks.at(0).phases.size(), 7u);
  EXPECT_NEAR(waited(report, "run > launch").baseline_mean, 640e6, 5e6);
  EXPECT_TRUE(report.checks[0].moved.empty());
}

TEST(Waiting, three_seconds_more_fail_where_they_are_waited) {
  const CheckReport report = check_waits(waiting(3000, 640));
  EXPECT_EQ(report.exit, ExitCode::regressed);
  const PhaseVerdict &init = waited(report, "run > launch > /init");
  EXPECT_EQ(init.verdict, Verdict::regressed);
  EXPECT_NEAR(init.current_mean - init.baseline_mean, 3000e6, 10e6);
  ASSERT_EQ(init.places.size(), 1u);
  EXPECT_EQ(init.places[0].phase, mount_id);
  EXPECT_TRUE(init.places[0].waiting);
  EXPECT_EQ(waited(report, "run > launch > kernel").verdict, Verdict::pass);
  EXPECT_TRUE(report.checks[0].moved.empty()) << "all that moved is told already";
  for (const PhaseVerdict &phase : report.checks[0].phases)
    EXPECT_TRUE(phase.waiting || phase.verdict == Verdict::pass) << phase.phase;
}

// An optional phase: /init of before does not do what it is for.
TEST(Waiting, in_a_phase_that_the_baseline_does_not_have_fails_there) {
  Shape before = waiting(0, 640);
  before.missing = {mount_id};
  const CheckReport report = check_waits(waiting(3000, 640), waits_before(before));
  EXPECT_EQ(report.exit, ExitCode::regressed);
  const PhaseVerdict &init = waited(report, "run > launch > /init");
  ASSERT_FALSE(init.places.empty());
  EXPECT_EQ(init.places[0].phase, mount_id);
  EXPECT_EQ(init.places[0].verdict, Verdict::regressed);
  EXPECT_DOUBLE_EQ(init.places[0].baseline_mean, 0);
}

TEST(Waiting, of_a_phase_is_not_known_where_only_some_launches_lack_it) {
  PhaseSamples samples;
  const Column inside(mount_id, Quantity::waiting);
  const Column init("run > launch > /init", Quantity::waiting);
  samples.baseline = {{{init, 5}}, {{init, 6}}};
  samples.current = {{{init, 7}, {inside, 1}}};
  EXPECT_EQ(with_new_phases(samples, {inside}).baseline[1].at(inside), 0);
  samples.baseline[0][inside] = 3;
  EXPECT_FALSE(with_new_phases(samples, {inside}).baseline[1].contains(inside));
  samples.baseline = {{{init, 5}}, {}};
  EXPECT_FALSE(with_new_phases(samples, {inside}).baseline[0].contains(inside))
      << "waiting was not measured in each";
}

// /init of before did nothing of the kind, and was shorter by it.
TEST(NewPhases, are_where_the_work_is_that_they_do) {
  Shape before = waiting(0, 640);
  before.missing = {mount_id};
  before.slower = {{mount_id, 0.0001}};
  const CheckReport report = check_waits(waiting(0, 640), waits_before(before));
  EXPECT_EQ(report.exit, ExitCode::regressed);
  const PhaseVerdict &init = synthetic::phase(report, "run > launch > /init");
  ASSERT_FALSE(init.places.empty());
  const PhaseVerdict &place = init.places[0];
  EXPECT_EQ(place.phase, mount_id);
  EXPECT_EQ(place.verdict, Verdict::regressed);
  EXPECT_TRUE(place.from_nothing);
  EXPECT_EQ(place.baseline_mean, 0);
  EXPECT_NEAR(place.change(), 100e6, 1e6);
  EXPECT_NEAR(place.contribution, 1, 0.02);
  EXPECT_TRUE(std::isinf(place.ratio));
}

TEST(NewPhases, executed_nothing_before) {
  PhaseSamples samples;
  const Column inside(mount_id), init("run > launch > /init", Quantity::waiting);
  samples.baseline = {{{init, 5}}, {{init, 6}}};
  samples.current = {{{init, 7}, {inside, 30}}};
  EXPECT_EQ(with_new_phases(samples, {inside}).baseline[1].at(inside), value_of_nothing);
  samples.baseline[0].clear();
  EXPECT_FALSE(with_new_phases(samples, {inside}).baseline[1].contains(inside))
      << "of wall time it is not known, nor of launches that measured less";
}

TEST(Waiting, three_tenths_of_a_second_fail) {
  EXPECT_EQ(check_waits(waiting(300, 640)).exit, ExitCode::regressed);
}

TEST(Waiting, less_than_the_floor_passes) {
  EXPECT_EQ(check_waits(waiting(60, 640)).exit, ExitCode::pass);
}

TEST(Waiting, what_a_later_wait_absorbs_passes) {
  const CheckReport report = check_waits(waiting(300, 340));
  EXPECT_EQ(report.exit, ExitCode::pass);
  const std::vector<PhaseVerdict> &moved = report.checks.at(0).moved;
  ASSERT_EQ(moved.size(), 2u);
  EXPECT_EQ(moved[0].column(), Column(mount_id, Quantity::waiting));
  EXPECT_NEAR(moved[0].current_mean - moved[0].baseline_mean, 300e6, 10e6);
  EXPECT_EQ(moved[1].column(), Column(udev_id, Quantity::waiting));
}

void wait_for_device(Session &session, std::uint64_t ms) {
  for (Launch &launch : session.launches)
    for (Phase &phase : launch.phases.phases)
      phase.stalls.host_waiting_ns = ms * 1'000'000;
}

CheckReport check_beside_devices(const Session &before, const Session &now) {
  const Baseline baseline =
      synthetic::baseline({before}, "Launch/counted", Metric::instructions, gating_waits());
  return check_session(now, {baseline}, gating_waits(), {});
}

// What it slept more it waits less for a device.
TEST(Waiting, that_a_wait_for_a_device_swallows_passes_and_is_told) {
  Session before = session("before", "counted", 25, waiting(0, 0));
  Session now = session("now", "counted", 2, waiting(300, 0));
  wait_for_device(before, 700);
  wait_for_device(now, 400);
  const CheckReport swallowed = check_beside_devices(before, now);
  EXPECT_EQ(swallowed.exit, ExitCode::pass);
  ASSERT_EQ(swallowed.checks.at(0).moved.size(), 1u);
  EXPECT_EQ(swallowed.checks[0].moved[0].column(), Column(mount_id, Quantity::waiting));
  wait_for_device(now, 650);
  EXPECT_EQ(check_beside_devices(before, now).exit, ExitCode::regressed);
}

TEST(Waiting, is_not_swallowed_by_what_a_busy_host_took_longer_for) {
  Session before = session("before", "counted", 25, waiting(0, 0));
  Session now = session("now", "counted", 2, waiting(300, 0));
  wait_for_device(before, 1500);
  for (Phase &phase : before.launches.back().phases.phases)
    phase.stalls.host_waiting_ns = 700'000'000;
  wait_for_device(now, 700);
  EXPECT_EQ(check_beside_devices(before, now).exit, ExitCode::regressed);
}

TEST(Waiting, a_phase_that_waits_no_longer_is_improved) {
  const CheckReport report = check_waits(waiting(0, 0));
  EXPECT_EQ(waited(report, "run > launch").verdict, Verdict::improved);
  EXPECT_EQ(report.exit, ExitCode::pass);
}

TEST(Waiting, that_the_baseline_has_and_the_launches_lack_is_not_measured) {
  const CheckReport report = check_waits({});
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_EQ(waited(report, "run > launch").reason, "measured in 0 of 2 launches of this session");
}

TEST(Waiting, that_the_baseline_lacks_is_not_measured) {
  const CheckReport report = check_waits(waiting(0, 640), waits_before({}));
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_EQ(waited(report, "run > launch").reason, "measured in 0 of 25 launches of the baseline");
}

// Where a guest's waiting cannot be told at all, its work is judged alone.
TEST(Waiting, that_neither_side_ever_measured_is_left_out) {
  const CheckReport report = check_waits({}, waits_before({}));
  EXPECT_EQ(report.exit, ExitCode::pass);
  EXPECT_EQ(report.checks.at(0).phases.size(), 4u);
}

} // namespace
} // namespace bootperf
