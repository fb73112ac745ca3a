#include "capacity/memory.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

constexpr std::int64_t gibibyte = std::int64_t{1} << 30U;

TEST(Memory, is_left_to_others_by_a_tenth) {
  EXPECT_EQ(no_memory_for(9, gibibyte, 10 * gibibyte), "");
  EXPECT_EQ(no_memory_for(10, gibibyte, 10 * gibibyte),
            "10 at once would take 10.0 GiB, and 10.0 GiB are free");
}

TEST(Memory, that_is_not_known_hinders_nothing) {
  EXPECT_EQ(no_memory_for(1000, 0, gibibyte), "");
  EXPECT_EQ(no_memory_for(1000, gibibyte, 0), "");
}

TEST(Memory, of_a_session_is_that_of_its_largest_launch) {
  Session session;
  EXPECT_EQ(largest_guest(session), 0);
  session.launches.resize(3);
  session.launches[0].peak_memory_bytes = 5;
  session.launches[2].peak_memory_bytes = 3;
  EXPECT_EQ(largest_guest(session), 5);
}

} // namespace
} // namespace bootperf
