// Whoever may write into the database decides what is in it.
#include <gtest/gtest.h>
#include <soci/soci.h>

#include "trend/store/stores.h"

namespace bootperf {
namespace {

class Hostile : public Stores {
protected:
  /// What reading says after somebody did this to a good trend.
  std::string error_after(const std::string &statement) const {
    Database database = migrated();
    EXPECT_TRUE(add_session(database, night_record(0)).has_value());
    const auto done = database.write([&](soci::session &session) -> Result<void> {
      session << statement;
      return {};
    });
    EXPECT_TRUE(done.has_value()) << to_text(done.error());
    const auto history = read_history(database);
    return history ? "" : to_text(history.error());
  }
};
INSTANTIATE_TEST_SUITE_P(Every, Hostile, every_store, store_name);

TEST_P(Hostile, a_value_out_of_range_is_refused) {
  for (const char *what : {"mean = 1e300", "mean = -1", "spread = -1", "launches = 0"})
    EXPECT_NE(error_after(std::string("UPDATE bootperf_point SET ") + what).find("bootperf_point"),
              std::string::npos)
        << what;
}

TEST_P(Hostile, a_text_that_could_do_something_is_refused) {
  EXPECT_NE(error_after("UPDATE bootperf_session SET host = '\033[2J'").find("not printable"),
            std::string::npos);
}

TEST_P(Hostile, a_text_without_end_is_refused) {
  const std::string longest(100'000, 'x');
  EXPECT_NE(error_after("UPDATE bootperf_phase SET path = '" + longest + "' WHERE id = 1")
                .find("bootperf_phase"),
            std::string::npos);
}

TEST_P(Hostile, a_time_that_does_not_exist_is_refused) {
  EXPECT_NE(error_after("UPDATE bootperf_session SET created = 'soon'").find("is not a time"),
            std::string::npos);
}

TEST_P(Hostile, an_unknown_metric_is_refused) {
  EXPECT_NE(error_after("UPDATE bootperf_class SET metric = 'joules'").find("unknown metric"),
            std::string::npos);
}

TEST_P(Hostile, a_table_that_is_gone_is_an_error) {
  EXPECT_NE(error_after("DROP TABLE bootperf_acceptance"), "");
}

} // namespace
} // namespace bootperf
