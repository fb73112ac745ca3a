#include "whatif/init_edits.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

const std::string init = "#!/bin/bash\n"
                         "udevadm trigger\n"
                         "udevadm settle --timeout=600\n"
                         "lvm vgchange -aay\n";

/// /init once edited, or why it cannot be.
std::string init_with(const std::vector<InitEdit> &edits, const std::string &script = init) {
  const Result<std::string> edited = edited_init(script, edits);
  if (edited)
    return *edited;
  EXPECT_EQ(edited.error().kind, ErrorKind::not_measured);
  return edited.error().message;
}

TEST(InitEdits, nothing_stays_as_it_is) {
  EXPECT_EQ(init_with({}), init);
}

TEST(InitEdits, all_lines_that_match_go) {
  EXPECT_EQ(init_with({DeletedLines{"^udevadm "}}), "#!/bin/bash\nlvm vgchange -aay\n");
}

TEST(InitEdits, the_part_that_matches_is_replaced_in_each_line) {
  EXPECT_EQ(init_with({ReplacedLines{"udevadm (\\w+)", "\\1: udev"}}),
            "#!/bin/bash\ntrigger: udev\nsettle: udev --timeout=600\nlvm vgchange -aay\n");
  EXPECT_EQ(init_with({ReplacedLines{" --timeout=600", ""}}),
            "#!/bin/bash\nudevadm trigger\nudevadm settle\nlvm vgchange -aay\n");
}

TEST(InitEdits, a_line_is_inserted_before_the_first_that_matches) {
  EXPECT_EQ(init_with({InsertedLine{"echo here", "^udevadm"}}),
            "#!/bin/bash\necho here\nudevadm trigger\nudevadm settle --timeout=600\nlvm vgchange "
            "-aay\n");
}

TEST(InitEdits, are_made_one_after_the_other) {
  EXPECT_EQ(init_with({DeletedLines{"settle"}, InsertedLine{"settle", "^lvm"},
                       ReplacedLines{"^settle$", "true"}, DeletedLines{"trigger|lvm"}}),
            "#!/bin/bash\ntrue\n");
}

TEST(InitEdits, one_that_matches_no_line_is_an_error) {
  const std::string expected = "no line of the appliance's /init matches \"^mdadm\"";
  EXPECT_EQ(init_with({DeletedLines{"^mdadm"}}), expected);
  EXPECT_EQ(init_with({ReplacedLines{"^mdadm", "x"}}), expected);
  EXPECT_EQ(init_with({InsertedLine{"x", "^mdadm"}}), expected);
  EXPECT_EQ(init_with({DeletedLines{"^lvm"}, DeletedLines{"^lvm"}}),
            "no line of the appliance's /init matches \"^lvm\"");
  EXPECT_EQ(init_with({DeletedLines{""}}, ""), "no line of the appliance's /init matches \"\"");
}

TEST(InitEdits, the_last_line_may_have_no_newline) {
  EXPECT_EQ(init_with({ReplacedLines{"b", "c"}}, "a\nb"), "a\nc\n");
}

} // namespace
} // namespace bootperf
