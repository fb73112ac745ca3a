#include "report/text/escape.h"

#include <gtest/gtest.h>

#include "report/text/paint.h"

namespace bootperf {
namespace {

TEST(Markdown, has_no_markup_from_outside) {
  EXPECT_EQ(markdown("a|b"), "a\\|b");
  EXPECT_EQ(markdown("<script>"), "&lt;script&gt;");
  EXPECT_EQ(markdown("[x](http://y)"), "\\[x\\](http&#58;//y)");
  EXPECT_EQ(markdown("@all #1"), "&#64;all \\#1");
  EXPECT_EQ(markdown("a\n| b |").find('\n'), std::string::npos);
  EXPECT_EQ(markdown("/init › udev"), "/init › udev");
}

TEST(CsvField, is_quoted_where_it_has_to_be) {
  EXPECT_EQ(csv_field("plain text"), "plain text");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(csv_field("a\nb").find('\n'), std::string::npos);
}

TEST(Line, is_cut_by_characters_not_bytes) {
  const TextStyle style{false, true, 4};
  EXPECT_EQ(line({{Colour::plain, "▲▲▲▲"}}, style), "▲▲▲▲\n");
  EXPECT_EQ(line({{Colour::plain, "▲▲▲▲▲"}}, style), "▲▲▲…\n");
  EXPECT_EQ(line({{Colour::plain, "ab"}, {Colour::plain, "   "}}, style), "ab\n");
}

} // namespace
} // namespace bootperf
