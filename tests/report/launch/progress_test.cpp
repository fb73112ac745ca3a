#include "report/launch/progress.h"

#include <sstream>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

using std::chrono::seconds;

TEST(TimeLeft, is_judged_by_the_launches_made) {
  EXPECT_EQ(time_left(seconds(40), 2, 3), seconds(60));
  EXPECT_EQ(time_left(seconds(40), 2, 0), seconds(0));
  EXPECT_FALSE(time_left(seconds(40), 0, 3).has_value());
}

TEST(ClockText, is_minutes_and_seconds) {
  EXPECT_EQ(clock_text(seconds(5)), "0:05");
  EXPECT_EQ(clock_text(seconds(65)), "1:05");
  EXPECT_EQ(clock_text(seconds(3609)), "1:00:09");
}

TEST(Progress, says_nothing_of_what_is_left_behind_the_last_that_is_planned) {
  std::ostringstream out;
  Progress progress(out, false, 1);
  progress.end("the boot as it is, warm-up", "9.20 s", seconds(9));
  EXPECT_EQ(out.str(), "the boot as it is, warm-up: 9.20 s\n");
}

TEST(Progress, is_plain_lines_away_from_a_terminal) {
  std::ostringstream out;
  Progress progress(out, false, 3);
  progress.begin("Launch/traced 1/3");
  progress.end("Launch/traced 1/3", "15.00 s", seconds(20));
  EXPECT_EQ(out.str(), "Launch/traced 1/3: 15.00 s, 0:40 left\n");
}

TEST(Progress, is_one_line_on_a_terminal) {
  std::ostringstream out;
  Progress progress(out, true, 2);
  progress.begin("Launch/traced 1/2");
  progress.end("Launch/traced 1/2", "15.00 s", seconds(65));
  progress.begin("Launch/traced 2/2");
  EXPECT_EQ(out.str().find('\n'), std::string::npos);
  EXPECT_NE(out.str().find("\rLaunch/traced 2/2, 1:05 left"), std::string::npos);
}

TEST(Progress, counts_launches_that_were_not_planned) {
  std::ostringstream out;
  Progress progress(out, false, 1);
  progress.add_one();
  progress.end("Launch/quiet 1/1", "15.00 s (rebuilt the appliance)", seconds(20));
  EXPECT_NE(out.str().find("0:20 left"), std::string::npos);
}

} // namespace
} // namespace bootperf
