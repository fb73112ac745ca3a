#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "trend/record.h"
#include "trend/store/postgresql_server.h"
#include "trend/store/store.h"

namespace bootperf {

/// A session of the n-th night: a class by wall time with this many phases.
inline SessionRecord night_record(int night, int phases = 3, double mean = 20) {
  SessionRecord record;
  record.session = fmt::format("session-{:05}", night);
  record.created = fmt::format("20{:02}-{:02}-{:02}T01:00:00Z", night / 336, night / 28 % 12 + 1,
                               night % 28 + 1);
  record.commit = fmt::format("{:040x}", night);
  record.host = "vm";
  ClassRecord each;
  each.machine_class = {Metric::wall,
                        {{"arch", "x86_64"}, {"mode", "quiet"}, {"scenario", "Launch/quiet"}}};
  each.launches = 10;
  for (int phase = 0; phase < phases; ++phase)
    each.phases.push_back({fmt::format("run > p{:02}", phase), mean + phase, 0.05});
  record.classes.push_back(each);
  return record;
}

/// A test with the place of an empty store of each kind.
class Stores : public ::testing::TestWithParam<Dialect> {
protected:
  void SetUp() override {
    if (GetParam() == Dialect::postgresql) {
      const auto uri = postgresql_database();
      if (!uri)
        GTEST_SKIP() << "PostgreSQL is not installed: ci/dependencies gate test";
      place_ = *uri;
      return;
    }
    std::string path = (std::filesystem::temp_directory_path() / "bootperf-trend-XXXXXX").string();
    ASSERT_NE(mkdtemp(path.data()), nullptr);
    directory_ = path;
    place_ = path + "/trend.db";
  }

  void TearDown() override {
    std::error_code error;
    if (!directory_.empty())
      std::filesystem::remove_all(directory_, error);
  }

  Database connected() const {
    auto database = Database::connect_or_create(place_);
    if (!database)
      throw std::runtime_error(to_text(database.error()));
    return std::move(*database);
  }

  Database migrated() const {
    Database database = connected();
    const auto done = migrate(database);
    EXPECT_TRUE(done.has_value()) << to_text(done.error());
    return database;
  }

  std::string place_;
  std::filesystem::path directory_;
};

inline std::string store_name(const ::testing::TestParamInfo<Dialect> &kind) {
  return kind.param == Dialect::sqlite ? "sqlite" : "postgresql";
}

inline const auto every_store = ::testing::Values(Dialect::sqlite, Dialect::postgresql);

} // namespace bootperf
