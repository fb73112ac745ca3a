#include "base/clock.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

TEST(MillisecondsUntil, are_rounded_up_and_never_negative) {
  EXPECT_EQ(milliseconds_until(monotonic_ns() - 1), 0);
  EXPECT_EQ(milliseconds_until(0), 0);
  const int second = milliseconds_until(monotonic_ns() + 1'000'000'000'000);
  EXPECT_GT(second, 900'000);
  EXPECT_LE(second, 1'000'000);
  EXPECT_EQ(milliseconds_until(INT64_MAX), 1'000'000'000);
}

TEST(Time, is_read_as_it_is_written) {
  const auto time = time_from_utc("2024-02-29T23:59:58Z");
  ASSERT_TRUE(time.has_value());
  EXPECT_EQ(utc_text(*time), "2024-02-29T23:59:58Z");
  EXPECT_EQ(std::chrono::system_clock::to_time_t(*time), 1709251198);
}

TEST(Time, of_another_form_or_that_does_not_exist_is_none) {
  for (const char *text :
       {"", "2024-02-29", "2024-02-30T00:00:00Z", "2024-02-29T23:59:58", "2024-02-29T23:59:58Z ",
        "2024-02-29T23:59:58+01:00", "2024-2-9T23:59:58Z", "yesterday"})
    EXPECT_FALSE(time_from_utc(text).has_value()) << text;
}

} // namespace
} // namespace bootperf
