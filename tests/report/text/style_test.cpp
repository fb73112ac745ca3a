#include "report/text/style.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

TEST(TextStyle, has_colour_on_a_terminal) {
  const TextStyle style = text_style({true, false, 120, {{"LANG", "en_GB.UTF-8"}}});
  EXPECT_TRUE(style.colour);
  EXPECT_TRUE(style.utf8);
  EXPECT_EQ(style.width, 120);
}

TEST(TextStyle, has_none_elsewhere) {
  const TextStyle style = text_style({false, false, 120, {{"LANG", "C.utf8"}}});
  EXPECT_FALSE(style.colour);
  EXPECT_TRUE(style.utf8);
  EXPECT_EQ(style.width, 0);
}

TEST(TextStyle, is_as_wide_in_a_pipe_as_columns_says) {
  EXPECT_EQ(text_style({false, true, 0, {{"COLUMNS", "72"}}}).width, 72);
  EXPECT_EQ(text_style({false, true, 0, {}}).width, 0);
  for (const char *wrong : {"", "many", "-5", "72x", "99999999999999"})
    EXPECT_EQ(text_style({false, true, 0, {{"COLUMNS", wrong}}}).width, 0) << wrong;
}

TEST(TextStyle, has_no_width_in_a_file_whatever_columns_says) {
  EXPECT_EQ(text_style({false, false, 0, {{"COLUMNS", "72"}}}).width, 0);
}

TEST(TextStyle, respects_no_color_and_dumb_terminals) {
  EXPECT_FALSE(text_style({true, false, 80, {{"NO_COLOR", "1"}}}).colour);
  EXPECT_TRUE(text_style({true, false, 80, {{"NO_COLOR", ""}}}).colour);
  EXPECT_FALSE(text_style({true, false, 80, {{"TERM", "dumb"}}}).colour);
}

TEST(TextStyle, asks_lc_all_before_lang) {
  EXPECT_FALSE(text_style({true, false, 80, {{"LC_ALL", "C"}, {"LANG", "en_GB.UTF-8"}}}).utf8);
  EXPECT_TRUE(text_style({true, false, 80, {{"LC_ALL", ""}, {"LC_CTYPE", "de_DE.UTF-8"}}}).utf8);
  EXPECT_FALSE(text_style({}).utf8);
}

} // namespace
} // namespace bootperf
