#include "session/new_session.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

const auto moment = std::chrono::system_clock::from_time_t(1795380166); // 2026-11-22 20:42:46 UTC

TEST(Identity, time_is_iso_8601_in_utc) {
  EXPECT_EQ(utc_text(moment), "2026-11-22T20:42:46Z");
}

TEST(Identity, ids_sort_by_time_and_differ_by_chance) {
  EXPECT_EQ(session_id(moment, 0x1a2b3c4d), "20261122T204246Z-1a2b3c4d");
  EXPECT_NE(session_id(moment, 1), session_id(moment, 2));
  EXPECT_LT(session_id(moment, 9), session_id(moment + std::chrono::seconds(1), 1));
}

TEST(Identity, seeds_survive_any_json_reader) {
  for (int i = 0; i < 100; ++i)
    EXPECT_LT(fresh_seed(), std::uint64_t{1} << 53);
}

} // namespace
} // namespace bootperf
