#include "trend/store/store.h"

#include <fstream>
#include <functional>
#include <iterator>

#include <gtest/gtest.h>
#include <soci/soci.h>
#include <sys/stat.h>

#include "trend/store/stores.h"

namespace bootperf {
namespace {

class Schema : public Stores {
protected:
  static void run(Database &database, const std::vector<std::string> &statements) {
    const auto done = database.write([&](soci::session &session) -> Result<void> {
      for (const std::string &each : statements)
        session << each;
      return {};
    });
    EXPECT_TRUE(done.has_value()) << to_text(done.error());
  }
};
INSTANTIATE_TEST_SUITE_P(Every, Schema, every_store, store_name);

TEST_P(Schema, is_made_once) {
  Database database = migrated();
  EXPECT_TRUE(migrate(database).has_value());
  EXPECT_TRUE(check_schema(database).has_value());
}

TEST_P(Schema, of_version_1_is_brought_up_to_date_and_keeps_its_sessions) {
  Database database = migrated();
  ASSERT_TRUE(add_session(database, night_record(0)).has_value());
  run(database, {"DROP TABLE bootperf_acceptance", "UPDATE bootperf_trend SET version = 1"});
  const auto old = check_schema(database);
  ASSERT_FALSE(old.has_value());
  EXPECT_NE(old.error().message.find("older bootperf"), std::string::npos);
  ASSERT_TRUE(migrate(database).has_value());
  EXPECT_TRUE(check_schema(database).has_value());
  EXPECT_EQ(read_history(database)->sessions.size(), 1u);
}

TEST_P(Schema, of_version_2_keeps_what_was_accepted_by_nobody_known) {
  Database database = migrated();
  ASSERT_TRUE(add_session(database, night_record(0)).has_value());
  const std::int64_t series = read_history(database)->classes[0].series[0].id;
  ASSERT_TRUE(accept_steps(database, {{series, "session-00000"}}, {"more probes", "", ""}));
  run(database, {"ALTER TABLE bootperf_acceptance DROP COLUMN author",
                 "UPDATE bootperf_trend SET version = 2"});
  ASSERT_TRUE(migrate(database).has_value());
  const auto history = read_history(database);
  ASSERT_TRUE(history.has_value()) << to_text(history.error());
  const auto &accepted = history->classes[0].series[0].accepted;
  ASSERT_EQ(accepted.size(), 1u);
  EXPECT_EQ(accepted[0].reason, "more probes");
  EXPECT_EQ(accepted[0].by, "");
}

TEST_P(Schema, of_a_newer_bootperf_is_refused) {
  Database database = migrated();
  run(database, {"UPDATE bootperf_trend SET version = 99"});
  for (const auto &refused : {migrate(database), check_schema(database)}) {
    ASSERT_FALSE(refused.has_value());
    EXPECT_NE(refused.error().message.find("version 99"), std::string::npos);
  }
}

TEST_P(Schema, that_is_not_there_is_told_with_what_to_do) {
  Database database = connected();
  const auto missing = check_schema(database);
  ASSERT_FALSE(missing.has_value());
  EXPECT_NE(missing.error().message.find("bootperf trend add"), std::string::npos);
}

TEST(Place, that_does_not_exist_is_not_made_by_reading) {
  const auto database = Database::connect("/nowhere/trend.db");
  ASSERT_FALSE(database.has_value());
  EXPECT_NE(database.error().message.find("bootperf trend add"), std::string::npos);
}

TEST(Place, is_shown_without_user_and_password) {
  EXPECT_EQ(shown_place("postgresql://ci:secret@db/boot?password=s"), "postgresql://db/boot");
  EXPECT_EQ(shown_place("postgres://db/boot"), "postgresql://db/boot");
  EXPECT_EQ(shown_place("postgresql:///boot?user=a@b"), "postgresql:///boot");
  EXPECT_EQ(shown_place("my\033 trend.db"), "my\\x1b trend.db");
}

TEST(Place, that_is_no_database_is_an_error_with_its_name) {
  const std::string path =
      (std::filesystem::temp_directory_path() / "bootperf-no-database").string();
  std::ofstream(path) << "not a database, though long enough to look into";
  const auto database = Database::connect(path);
  std::filesystem::remove(path);
  ASSERT_FALSE(database.has_value());
  EXPECT_NE(to_text(database.error()).find("not a trend"), std::string::npos);
}

class TrendFile : public testing::Test {
protected:
  TrendFile() {
    std::string path = (std::filesystem::temp_directory_path() / "bootperf-trend-XXXXXX").string();
    EXPECT_NE(mkdtemp(path.data()), nullptr);
    directory_ = path;
    place_ = path + "/trend % #?.db";
  }
  ~TrendFile() override {
    std::filesystem::permissions(directory_, std::filesystem::perms::owner_all);
    std::filesystem::remove_all(directory_);
  }

  std::string content() const {
    std::ifstream file(place_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  void make_trend() const {
    auto database = Database::connect_or_create(place_);
    ASSERT_TRUE(database.has_value()) << to_text(database.error());
    ASSERT_TRUE(migrate(*database).has_value());
    ASSERT_TRUE(add_session(*database, night_record(0)).has_value());
  }

  std::filesystem::path directory_;
  std::string place_;
};

TEST_F(TrendFile, that_is_read_is_not_written_to) {
  for (const std::string before : {"", "somebody's notes"}) {
    std::ofstream(place_, std::ios::binary) << before;
    auto database = Database::connect_to_read(place_);
    EXPECT_FALSE(database.has_value() && check_schema(*database).has_value());
    EXPECT_EQ(content(), before);
  }
  EXPECT_FALSE(Database::connect_or_create(place_).has_value()) << "nor is a foreign one added to";
  EXPECT_EQ(content(), "somebody's notes");
}

TEST_F(TrendFile, that_nobody_can_write_can_be_read) {
  make_trend();
  const std::string before = content();
  std::filesystem::permissions(place_, std::filesystem::perms::owner_read);
  std::filesystem::permissions(directory_, std::filesystem::perms::owner_read |
                                               std::filesystem::perms::owner_exec);
  auto database = Database::connect_to_read(place_);
  ASSERT_TRUE(database.has_value()) << to_text(database.error());
  ASSERT_TRUE(check_schema(*database).has_value());
  EXPECT_EQ(read_history(*database)->sessions.size(), 1u);
  EXPECT_EQ(content(), before);
}

TEST_F(TrendFile, that_is_a_pipe_is_refused_rather_than_waited_for) {
  ASSERT_EQ(::mkfifo(place_.c_str(), 0600), 0);
  EXPECT_FALSE(Database::connect_to_read(place_).has_value());
  EXPECT_FALSE(Database::connect_or_create(place_).has_value());
}

TEST_F(TrendFile, that_another_writes_is_waited_for_with_a_word) {
  make_trend();
  std::vector<std::string> told;
  std::function<void()> end_the_other;
  Patience patience;
  patience.before_telling = std::chrono::milliseconds(0);
  patience.told = [&](const std::string &sentence) {
    told.push_back(sentence);
    end_the_other();
  };
  auto other = Database::connect_or_create(place_);
  auto waiting = Database::connect_or_create(place_, patience);
  ASSERT_TRUE(other.has_value() && waiting.has_value());
  const auto ended = other->write([&](soci::session &session) -> Result<void> {
    end_the_other = [&session] { session << "ROLLBACK"; };
    EXPECT_TRUE(add_session(*waiting, night_record(1)).has_value());
    return {};
  });
  EXPECT_FALSE(ended.has_value()) << "it was ended while the other waited";
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NE(told[0].find("another program is at it"), std::string::npos) << told[0];
}

TEST_F(TrendFile, that_another_writes_without_end_is_an_error) {
  make_trend();
  Patience patience;
  patience.at_most = std::chrono::milliseconds(0);
  auto other = Database::connect_or_create(place_);
  auto waiting = Database::connect_or_create(place_, patience);
  ASSERT_TRUE(other.has_value() && waiting.has_value());
  const auto held = other->write([&](soci::session &) -> Result<void> {
    EXPECT_FALSE(add_session(*waiting, night_record(1)).has_value());
    return {};
  });
  EXPECT_TRUE(held.has_value());
}

} // namespace
} // namespace bootperf
