// The gates that are shipped name phases that recorded launches have, and a session made of
// recorded launches goes the whole way to a verdict.
#include <gtest/gtest.h>

#include "phases/rules.h"
#include "session/collect.h"
#include "verdict/baseline/update.h"
#include "verdict/check/check.h"

namespace bootperf {
namespace {

Session recorded(const std::string &id, const std::vector<std::string> &names,
                 const std::string &mode) {
  Session session;
  session.id = id;
  session.created = "2026-11-22T20:42:46Z";
  const Result<Rules> rules = load_rules("");
  EXPECT_TRUE(rules);
  for (const std::string &name : names) {
    const Result<BootLog> log = read_boot_log(BOOTPERF_TEST_DATA "/bootlogs/" + name + ".jsonl");
    EXPECT_TRUE(log);
    if (session.scenarios.empty())
      session.scenarios.push_back(scenario_from(*log, "Launch/" + mode));
    session.scenarios[0].mode = mode;
    session.launches.push_back(to_launch(*log, rules->split(*log), {"Launch/" + mode}));
  }
  return session;
}

Policy shipped() {
  const Result<Policy> policy = load_policy(BOOTPERF_SOURCE_DIR "/thresholds/policy.yaml");
  EXPECT_TRUE(policy);
  return *policy;
}

/// A session against a baseline of itself: every gate has to find its phase.
void expect_all_gates_found(const Session &session, Metric metric) {
  Session stored = session;
  stored.id = "stored";
  const Result<Baseline> baseline = update_baseline(
      std::nullopt, {stored}, shipped(), {session.scenarios[0].name, metric, "2026-11-22", ""});
  ASSERT_TRUE(baseline) << to_text(baseline.error());
  const Result<Baseline> read = parse_baseline(to_yaml(*baseline), "b.yaml");
  ASSERT_TRUE(read) << to_text(read.error());
  CheckOptions options;
  options.metric = metric;
  const CheckReport report = check_session(session, {*read}, shipped(), options);
  ASSERT_FALSE(report.checks[0].phases.empty()) << report.checks[0].reason;
  for (const PhaseVerdict &phase : report.checks[0].phases)
    EXPECT_NE(phase.verdict, Verdict::not_measured) << phase.phase << ": " << phase.reason;
}

TEST(ShippedPolicy, gates_wall_time_of_traced_launches) {
  expect_all_gates_found(recorded("now", {"traced-1", "traced-2", "traced-3"}, "traced"),
                         Metric::wall);
}

TEST(ShippedPolicy, gates_wall_time_of_quiet_launches) {
  expect_all_gates_found(recorded("now", {"quiet", "quiet", "quiet"}, "quiet"), Metric::wall);
}

TEST(ShippedPolicy, gates_instructions_of_counted_launches) {
  expect_all_gates_found(recorded("now", {"traced-1", "traced-2", "traced-3"}, "counted"),
                         Metric::instructions);
}

TEST(ShippedPolicy, a_recorded_failure_is_not_measured) {
  const CheckReport report =
      check_session(recorded("now", {"kernel-panic", "kvm-abort"}, "traced"), {}, shipped(), {});
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_EQ(report.checks[0].failed_launches, 2u);
}

TEST(ShippedPolicy, a_session_of_recorded_launches_survives_its_file) {
  const Session session = recorded("now", {"traced-1", "initcalls", "kernel-panic"}, "traced");
  const Result<Session> read = parse_session(to_json(session), "s.json");
  ASSERT_TRUE(read) << to_text(read.error());
  EXPECT_EQ(to_json(*read), to_json(session));
}

} // namespace
} // namespace bootperf
