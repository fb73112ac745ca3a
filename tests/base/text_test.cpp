#include <array>
#include <string>

#include <gtest/gtest.h>

#include "base/text.h"

namespace bootperf {
namespace {

TEST(Printable, keeps_plain_text_and_utf8) {
  EXPECT_EQ(printable("boot ▲ µs – 100 %"), "boot ▲ µs – 100 %");
}

TEST(Printable, shows_control_bytes_and_broken_utf8) {
  EXPECT_EQ(printable(std::string_view("\x1b"
                                       "c\r\n\0\x7f",
                                       6)),
            "\\x1bc\\x0d\\x0a\\x00\\x7f");
  EXPECT_EQ(printable("\xff\xc3"), "\\xff\\xc3");
  EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf") << "overlong";
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80") << "surrogate";
  EXPECT_EQ(printable("\xc2\x9b[2J"), "\\xc2\\x9b[2J") << "C1 control";
  EXPECT_EQ(printable("\xe2\x80\xae"), "\\xe2\\x80\\xae") << "right-to-left override";
}

TEST(Printable, shows_what_nobody_would_see) {
  EXPECT_EQ(printable("a\u200bb"), "a\\xe2\\x80\\x8bb");
  for (const char *unseen : {"\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u200b", "\u200d",
                             "\u202e", "\u2060", "\u2066", "\u206a", "\u3164", "\ufe0f", "\ufeff",
                             "\uffa0", "\ufff9", "\U0001d173", "\U000e0041", "\U000e01ef"})
    EXPECT_TRUE(printable(unseen).starts_with("\\x")) << unseen;
  EXPECT_EQ(printable("\u00ac\u00ae\u2010\u2027\u3163\U0001f600"),
            "\u00ac\u00ae\u2010\u2027\u3163\U0001f600");
}

TEST(PrintableJson, is_the_same_document_without_what_does_harm) {
  EXPECT_EQ(printable_json("{\n\"a\": \"##[error]x\"}"), "{\n\"a\": \"\\u0023#[error]x\"}");
  EXPECT_EQ(printable_json("[\"###[x \u00b5\"]"), "[\"#\\u0023#[x \u00b5\"]");
  EXPECT_EQ(printable_json("[\"\x7f\u009b\u200b\U000e0041\"]"),
            "[\"\\u007f\\u009b\\u200b\\udb40\\udc41\"]");
}

TEST(Printable, breaks_workflow_commands) {
  EXPECT_EQ(printable("::error::boo"), ":\\x3aerror::boo");
  EXPECT_EQ(printable("  ::error::boo"), "  :\\x3aerror::boo");
  EXPECT_EQ(printable("\u00a0\u2003::error::boo"), "\u00a0\u2003:\\x3aerror::boo");
  EXPECT_EQ(printable("x ##[group]y"), "x ##\\x5bgroup]y");
  EXPECT_EQ(printable("a::b"), "a::b");
}

TEST(TextUnder, is_what_stands_under_a_name_or_nothing) {
  const std::map<std::string, std::string> keys = {{"kernel", "6.1"}};
  EXPECT_EQ(text_under(keys, "kernel"), "6.1");
  EXPECT_EQ(text_under(keys, "Kernel"), "");
  EXPECT_EQ(text_under({}, ""), "");
}

TEST(Nearest, finds_the_likely_word) {
  const std::array<std::string, 3> words = {"show", "check", "--launches"};
  EXPECT_EQ(nearest("shwo", words), "show");
  EXPECT_EQ(nearest("--launchs", words), "--launches");
  EXPECT_EQ(nearest("zebra", words), "");
  EXPECT_EQ(nearest("", words), "");
  EXPECT_EQ(nearest(std::string(100'000, 'x'), words), "");
}

TEST(DurationText, chooses_the_unit) {
  EXPECT_EQ(duration_text(15'230'000'000), "15.23 s");
  EXPECT_EQ(duration_text(842'100'000), "842.1 ms");
  EXPECT_EQ(duration_text(31'000), "31 us");
  EXPECT_EQ(duration_text(12), "12 ns");
  EXPECT_EQ(duration_text(0), "0 ns");
  EXPECT_EQ(duration_text(-842'100'000), "-842.1 ms");
  EXPECT_EQ(duration_text(999'960'000), "1.00 s");
}

TEST(CountText, chooses_the_unit) {
  EXPECT_EQ(count_text(2.579e9), "2.579 G");
  EXPECT_EQ(count_text(31.2e6), "31.20 M");
  EXPECT_EQ(count_text(812), "812");
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999'990), "1.000 M");
}

TEST(Beginning, cuts_no_character_in_two) {
  EXPECT_EQ(beginning("+ sleep 1", 200), "+ sleep 1");
  EXPECT_EQ(beginning("+ sleep 1", 7), "+ sleep");
  EXPECT_EQ(beginning("naïve", 3), "na") << "ï is two bytes";
  EXPECT_EQ(beginning("naïve", 4), "naï");
  EXPECT_EQ(beginning("\x80\x80\x80", 2), "") << "no character begins here";
}

TEST(TakeLine, takes_a_line_and_its_newline_off_the_front) {
  std::string_view text = "one\n\nthree";
  EXPECT_EQ(take_line(text), "one");
  EXPECT_EQ(take_line(text), "");
  EXPECT_EQ(text, "three");
  EXPECT_EQ(take_line(text), "three");
  EXPECT_EQ(take_line(text), "");
  EXPECT_TRUE(text.empty());
}

// Published: http://www.isthe.com/chongo/src/fnv/test_fnv.c
TEST(Fnv1a64, is_the_published_one) {
  EXPECT_EQ(fnv1a_64(""), 0xcbf29ce484222325U);
  EXPECT_EQ(fnv1a_64("a"), 0xaf63dc4c8601ec8cU);
  EXPECT_EQ(fnv1a_64("foobar"), 0x85944171f73967e8U);
}

} // namespace
} // namespace bootperf
