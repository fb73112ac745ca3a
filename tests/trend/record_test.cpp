#include "trend/record.h"

#include <cmath>

#include <gtest/gtest.h>

#include "verdict/synthetic.h"

namespace bootperf {
namespace {

Session a_session() {
  Session session = synthetic::session("s-1", "counted", 4);
  session.created = "2024-05-01T12:00:00Z";
  session.commit = "4f1c2aa";
  session.host["name"] = "vm";
  return session;
}

const PhaseRecord *phase_of(const ClassRecord &record, const std::string &id) {
  for (const PhaseRecord &phase : record.phases)
    if (phase.phase == id)
      return &phase;
  return nullptr;
}

TEST(Record, has_a_class_by_each_metric_with_the_mean_of_the_logs) {
  const Session session = a_session();
  const auto record = record_of(session, synthetic::policy());
  ASSERT_TRUE(record.has_value()) << to_text(record.error());
  EXPECT_EQ(record->session, "s-1");
  EXPECT_EQ(record->commit, "4f1c2aa");
  EXPECT_EQ(record->host, "vm");
  ASSERT_EQ(record->classes.size(), 2u);
  EXPECT_EQ(record->classes[0].machine_class.metric, Metric::wall);
  EXPECT_EQ(record->classes[1].machine_class.metric, Metric::instructions);
  EXPECT_EQ(record->classes[0].launches, 4u);
  double mean = 0;
  for (const Launch &launch : session.launches)
    for (const Phase &phase : launch.phases.phases)
      mean += phase.id == "run > launch" ? std::log(static_cast<double>(phase.wall_ns)) / 4 : 0;
  const PhaseRecord *launch = phase_of(record->classes[0], "run > launch");
  ASSERT_NE(launch, nullptr);
  EXPECT_NEAR(launch->mean, mean, 1e-9);
  EXPECT_GT(launch->spread, 0);
}

TEST(Record, lacks_a_phase_that_one_launch_did_not_measure) {
  Session session = a_session();
  std::string lost;
  std::vector<Phase> &phases = session.launches[0].phases.phases;
  lost = phases.back().id;
  phases.pop_back();
  const auto record = record_of(session, synthetic::policy());
  EXPECT_EQ(phase_of(record->classes[0], lost), nullptr);
}

TEST(Record, leaves_out_a_scenario_of_which_too_many_launches_failed) {
  Session session = a_session();
  synthetic::add_scenario(session, "quiet", 2, {});
  for (int i = 0; i < 3; ++i)
    session.launches.push_back(synthetic::failed("Launch/quiet"));
  const auto record = record_of(session, synthetic::policy());
  ASSERT_TRUE(record.has_value());
  ASSERT_EQ(record->left_out.size(), 1u);
  EXPECT_NE(record->left_out[0].find("3 of 5 launches failed"), std::string::npos);
}

TEST(Record, of_a_session_without_a_launch_that_counts_is_not_measured) {
  Session session = a_session();
  for (Launch &launch : session.launches)
    launch.warmup = true;
  const auto record = record_of(session, synthetic::policy());
  ASSERT_FALSE(record.has_value());
  EXPECT_EQ(record.error().kind, ErrorKind::not_measured);
}

TEST(Record, of_a_session_without_a_time_is_refused) {
  Session session = a_session();
  session.created = "yesterday";
  EXPECT_EQ(record_of(session, synthetic::policy()).error().kind, ErrorKind::input);
}

TEST(Record, of_hostile_texts_is_printable_and_bounded) {
  Session session = a_session();
  session.commit = "\033[2J" + std::string(1000, 'x');
  const auto record = record_of(session, synthetic::policy());
  EXPECT_EQ(record->commit.substr(0, 7), "\\x1b[2J");
  EXPECT_EQ(record->commit.size(), longest_trend_text);
}

TEST(Record, says_when_the_metric_that_decides_is_missing) {
  Session session = a_session();
  for (Launch &launch : session.launches)
    for (Phase &phase : launch.phases.phases)
      phase.instructions.reset();
  const auto record = record_of(session, synthetic::policy());
  ASSERT_TRUE(record.has_value());
  ASSERT_EQ(record->left_out.size(), 1u);
  EXPECT_EQ(record->left_out[0], "Launch/counted: no phase has instructions in every launch");
}

} // namespace
} // namespace bootperf
