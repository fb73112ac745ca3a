#include "trend/store/store.h"

#include <fstream>

#include <gtest/gtest.h>
#include <soci/soci.h>

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
  EXPECT_EQ(read_history(database)->nights.size(), 1u);
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
  EXPECT_NE(to_text(database.error()).find("not a database"), std::string::npos);
}

} // namespace
} // namespace bootperf
