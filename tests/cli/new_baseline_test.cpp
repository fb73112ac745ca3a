#include "cli/new_baseline.h"

#include <gtest/gtest.h>

#include "bootperf_program.h"
#include "verdict/baseline/baseline.h"

namespace bootperf {
namespace {

TEST(NewBaseline, goes_among_the_thresholds_outside_of_ci_only) {
  for (const char *no : {static_cast<const char *>(nullptr), "", "false", "0"})
    EXPECT_EQ(default_place(no), NewBaseline::in_thresholds);
  for (const char *yes : {"true", "1", "yes"})
    EXPECT_EQ(default_place(yes), NewBaseline::beside_session);
}

TEST(NewBaseline, candidates_have_a_directory_named_after_the_session) {
  EXPECT_EQ(candidate_directory("bootperf.session.json"), "bootperf.session.baseline");
  EXPECT_EQ(candidate_directory("/tmp/a.json.gz"), "/tmp/a.baseline");
  EXPECT_EQ(candidate_directory("night"), "night.baseline");
}

TEST(NewBaseline, is_large_enough_for_a_verdict_at_the_first_look) {
  EXPECT_EQ(launches_of_new_baseline(Policy{}), 20u); // 1/231 of the (2/3)²·0.01 spent by then
  Policy once;
  once.counted_most = 2;
  EXPECT_EQ(launches_of_new_baseline(once), 13u); // 1/105 of 0.01
}

TEST(NewBaseline, is_none_where_a_policy_asks_for_more_launches_than_anybody_waits_for) {
  Policy policy;
  policy.counted_launches = 1;
  EXPECT_EQ(launches_of_new_baseline(policy), std::nullopt);
}

class NewBaselineFile : public InDirectory {
protected:
  NewBaselineFile() {
    session.id = "20261127T220000Z-00000001";
    Scenario scenario;
    scenario.name = "Launch/counted";
    scenario.mode = "counted";
    scenario.keys = {{"arch", "x"}};
    session.scenarios = {scenario};
    for (int i = 0; i < 3; ++i) {
      Launch launch;
      launch.scenario = "Launch/counted";
      launch.ok = true;
      launch.instructions = 1000;
      Phase root;
      root.id = root.name = "run";
      root.wall_ns = 10;
      root.instructions = 1000;
      launch.phases.phases = {root};
      session.launches.push_back(launch);
    }
  }

  Result<WrittenBaseline> written(NewBaseline place) const {
    return write_new_baseline(session, "Launch/counted", Policy{}, file("t"), file("s.baseline"),
                              place);
  }

  Session session;
};

TEST_F(NewBaselineFile, can_be_read_as_a_baseline) {
  const auto result = written(NewBaseline::in_thresholds);
  ASSERT_TRUE(result) << to_text(result.error());
  EXPECT_FALSE(result->is_candidate);
  const auto read = load_baselines(file("t"));
  ASSERT_TRUE(read) << to_text(read.error());
  ASSERT_EQ(read->size(), 1u);
  EXPECT_EQ(read->front().launches(), 3u);
  EXPECT_EQ(read->front().file, result->file);
}

TEST_F(NewBaselineFile, is_written_over_no_file_that_is_there) {
  const auto first = written(NewBaseline::in_thresholds);
  ASSERT_TRUE(first);
  write(first->file.substr(directory_.string().size() + 1), "somebody's");
  const auto second = written(NewBaseline::in_thresholds);
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->is_candidate);
  EXPECT_NE(to_text(*second).find("exists already"), std::string::npos) << to_text(*second);
  EXPECT_EQ(read(first->file), "somebody's");
  EXPECT_TRUE(second->file.starts_with(file("s.baseline"))) << second->file;
}

TEST_F(NewBaselineFile, becomes_a_candidate_where_the_thresholds_cannot_be_written) {
  write("t", "a file where a directory would have to be");
  const auto result = written(NewBaseline::in_thresholds);
  ASSERT_TRUE(result) << to_text(result.error());
  EXPECT_TRUE(result->is_candidate);
  EXPECT_NE(to_text(*result).find(file("t")), std::string::npos) << to_text(*result);
  EXPECT_TRUE(std::filesystem::exists(result->file));
}

TEST_F(NewBaselineFile, is_made_of_launches_of_one_class_only) {
  Session other = session;
  other.scenarios[0].keys["kernel"] = "7";
  const auto both = joined(session, other, Policy{});
  ASSERT_FALSE(both);
  EXPECT_EQ(both.error().kind, ErrorKind::not_measured);
  EXPECT_EQ(joined(session, session, Policy{})->launches.size(), 6u);
}

} // namespace
} // namespace bootperf
