#include "trend/store/store.h"

#include <gtest/gtest.h>

#include "trend/store/stores.h"

namespace bootperf {
namespace {

class Store : public Stores {};
INSTANTIATE_TEST_SUITE_P(Every, Store, every_store, store_name);

TEST_P(Store, gives_back_what_was_added) {
  Database database = migrated();
  ASSERT_EQ(add_session(database, night_record(0)), Added::now);
  const auto history = read_history(database);
  ASSERT_TRUE(history.has_value()) << to_text(history.error());
  ASSERT_EQ(history->sessions.size(), 1u);
  EXPECT_EQ(history->sessions[0].id, "session-00000");
  EXPECT_EQ(history->sessions[0].created, "2000-01-01T01:00:00Z");
  EXPECT_EQ(history->sessions[0].commit, std::string(40, '0'));
  EXPECT_EQ(history->sessions[0].host, "vm");
  ASSERT_EQ(history->classes.size(), 1u);
  const ClassHistory &only = history->classes[0];
  EXPECT_EQ(only.machine_class, night_record(0).classes[0].machine_class);
  EXPECT_EQ(only.name, only.machine_class.name());
  ASSERT_EQ(only.series.size(), 3u);
  EXPECT_EQ(only.series[2].phase, "run > p02");
  ASSERT_EQ(only.series[2].points.size(), 1u);
  EXPECT_EQ(only.series[2].points[0].launches, 10u);
  EXPECT_EQ(only.series[2].points[0].mean, 22);
  EXPECT_EQ(only.series[2].points[0].spread, 0.05);
}

TEST_P(Store, keeps_every_bit_of_a_value) {
  Database database = migrated();
  const double value = 20 + 1.0 / 3;
  ASSERT_TRUE(add_session(database, night_record(0, 1, value)).has_value());
  EXPECT_EQ(read_history(database)->classes[0].series[0].points[0].mean, value);
}

TEST_P(Store, has_the_same_session_once) {
  Database database = migrated();
  EXPECT_EQ(add_session(database, night_record(0)), Added::now);
  EXPECT_EQ(add_session(database, night_record(0)), Added::before);
  EXPECT_EQ(add_session(database, night_record(0, 5, 30)), Added::before);
  const auto history = read_history(database);
  EXPECT_EQ(history->sessions.size(), 1u);
  EXPECT_EQ(history->classes[0].series.size(), 3u);
}

TEST_P(Store, puts_nights_in_order_of_time_whenever_they_were_added) {
  Database database = migrated();
  for (const int night : {5, 1, 3})
    ASSERT_TRUE(add_session(database, night_record(night, 1, night)).has_value());
  const auto history = read_history(database);
  EXPECT_EQ(history->sessions[0].id, "session-00001");
  const auto &points = history->classes[0].series[0].points;
  ASSERT_EQ(points.size(), 3u);
  for (std::uint32_t i = 0; i < 3; ++i) {
    EXPECT_EQ(points[i].session, i);
    EXPECT_EQ(points[i].mean, 1 + 2 * i);
  }
}

TEST_P(Store, takes_texts_as_they_are) {
  Database database = migrated();
  SessionRecord record = night_record(0);
  record.session = "'; DROP TABLE bootperf_session; --";
  record.host = "höst \"quoted\" :name $1 ?";
  record.classes[0].phases[0].phase = "run > '%s' :x";
  ASSERT_EQ(add_session(database, record), Added::now);
  EXPECT_EQ(add_session(database, record), Added::before);
  const auto history = read_history(database);
  ASSERT_TRUE(history.has_value()) << to_text(history.error());
  EXPECT_EQ(history->sessions[0].id, record.session);
  EXPECT_EQ(history->sessions[0].host, record.host);
  EXPECT_EQ(history->classes[0].series[0].phase, "run > '%s' :x");
}

TEST_P(Store, keeps_the_newest_reason_of_a_step) {
  Database database = migrated();
  for (const int night : {0, 1})
    ASSERT_TRUE(add_session(database, night_record(night)).has_value());
  const std::int64_t series = read_history(database)->classes[0].series[1].id;
  for (const char *reason : {"a new kernel", "a newer kernel"}) {
    const auto accepted = accept_steps(database, {{series, "session-00001"}},
                                       {reason, "R. Jones", "2024-05-01T12:00:00Z"});
    ASSERT_TRUE(accepted.has_value()) << to_text(accepted.error());
  }
  const auto history = read_history(database);
  EXPECT_TRUE(history->classes[0].series[0].accepted.empty());
  const auto &accepted = history->classes[0].series[1].accepted;
  ASSERT_EQ(accepted.size(), 1u);
  EXPECT_EQ(accepted[0].session, 1u);
  EXPECT_EQ(accepted[0].reason, "a newer kernel");
  EXPECT_EQ(accepted[0].by, "R. Jones");
}

TEST_P(Store, of_a_session_that_fails_half_way_holds_nothing) {
  Database database = migrated();
  SessionRecord record = night_record(0);
  record.classes[0].phases.push_back(record.classes[0].phases[0]); // the same phase twice
  EXPECT_FALSE(add_session(database, record).has_value());
  EXPECT_TRUE(read_history(database)->sessions.empty());
  EXPECT_EQ(add_session(database, night_record(0)), Added::now);
}

} // namespace
} // namespace bootperf
