#include "capture/counter/argument_edits.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

using Options = std::vector<std::string>;

/// The arguments once edited, or why they cannot be.
Options edited(const Options &arguments, const std::vector<ArgumentEdit> &edits) {
  const Result<Options> made = edited_arguments(arguments, edits);
  return made ? *made : Options{to_text(made.error())};
}

std::string refusal(const Options &arguments, const ArgumentEdit &edit) {
  const Result<Options> made = edited_arguments(arguments, {edit});
  if (made)
    return "no error";
  EXPECT_EQ(made.error().kind, ErrorKind::not_measured);
  return made.error().message;
}

std::string edits_error(const std::string &json) {
  const Result<std::vector<ArgumentEdit>> edits = parse_edits(json, "edits.json");
  if (edits)
    return "no error";
  EXPECT_EQ(edits.error().kind, ErrorKind::input) << to_text(edits.error());
  return to_text(edits.error());
}

TEST(ArgumentEdits, nothing_stays_as_it_is) {
  EXPECT_EQ(edited({"-kernel", "/k"}, {}), (Options{"-kernel", "/k"}));
}

TEST(ArgumentEdits, the_first_place_of_each_value_of_an_option_is_replaced) {
  EXPECT_EQ(edited({"-device", "a-a", "-device", "b", "-drive", "a"},
                   {ReplacedValue{"-device", "a", "x"}}),
            (Options{"-device", "x-a", "-device", "b", "-drive", "a"}));
}

TEST(ArgumentEdits, groups_stand_in_what_takes_their_place) {
  EXPECT_EQ(
      edited({"-drive", "file=/d,if=none"}, {ReplacedValue{"-drive", "file=([^,]*)", R"(<\1>)"}}),
      (Options{"-drive", "</d>,if=none"}));
}

TEST(ArgumentEdits, another_option_takes_the_place_of_the_one_that_matched) {
  EXPECT_EQ(edited({"-device", "scsi-hd", "-device", "rng"},
                   {ReplacedValue{"-device", "^scsi-hd$", "driver=x", "-global"}}),
            (Options{"-global", "driver=x", "-device", "rng"}));
}

TEST(ArgumentEdits, a_value_may_become_empty) {
  EXPECT_EQ(edited({"-append", "quiet"}, {ReplacedValue{"-append", "quiet", ""}}),
            (Options{"-append", ""}));
}

TEST(ArgumentEdits, arguments_go_wherever_they_stand_together) {
  EXPECT_EQ(edited({"-device", "rng", "-m", "1", "-device", "rng", "-device", "vga"},
                   {RemovedArguments{{"-device", "rng"}}}),
            (Options{"-m", "1", "-device", "vga"}));
}

TEST(ArgumentEdits, what_is_added_stands_behind) {
  EXPECT_EQ(edited({"-m", "1"}, {AddedArguments{{"-vga", "none"}}}),
            (Options{"-m", "1", "-vga", "none"}));
}

TEST(ArgumentEdits, are_made_one_after_the_other) {
  EXPECT_EQ(edited({"-m", "1"}, {AddedArguments{{"-smp", "1"}}, ReplacedValue{"-smp", "1", "2"},
                                 RemovedArguments{{"-m", "1"}}}),
            (Options{"-smp", "2"}));
}

TEST(ArgumentEdits, one_that_finds_nothing_is_an_error) {
  const Options arguments = {"-machine", "accel=tcg", "-m", "1"};
  EXPECT_EQ(refusal(arguments, ReplacedValue{"-machine", "^pc", "q35"}),
            "qemu's command line cannot be changed as asked: no -machine has a value that matches "
            "\"^pc\"");
  EXPECT_NE(refusal(arguments, ReplacedValue{"-cpu", "", "max"}).find("no -cpu has a value"),
            std::string::npos);
  EXPECT_NE(refusal({"-m"}, ReplacedValue{"-m", "", "1"}).find("no -m has a value"),
            std::string::npos)
      << "an option at the end has no value";
  EXPECT_NE(refusal(arguments, RemovedArguments{{"-m", "2"}}).find("it has no -m 2"),
            std::string::npos);
  EXPECT_NE(refusal(arguments, RemovedArguments{}).find("it has no"), std::string::npos);
  EXPECT_NE(refusal({}, RemovedArguments{{"-m"}}).find("it has no -m"), std::string::npos);
}

TEST(ArgumentEdits, one_that_is_optional_may_find_nothing) {
  const Options options = {"-m", "1"};
  EXPECT_EQ(edited(options, {ReplacedValue{"-cpu", "", "max", "", true},
                             RemovedArguments{{"-no-hpet"}, true}}),
            options);
  EXPECT_EQ(edited({"-m", "1", "-no-hpet"}, {RemovedArguments{{"-no-hpet"}, true}}), options);
}

TEST(ArgumentEdits, a_pattern_that_is_none_is_an_error) {
  EXPECT_NE(refusal({"-m", "1"}, ReplacedValue{"-m", "(", ""}).find("\"(\" is no pattern"),
            std::string::npos);
}

TEST(ArgumentEdits, a_group_that_the_pattern_does_not_have_is_an_error_of_its_own) {
  EXPECT_NE(refusal({"-m", "1"}, ReplacedValue{"-m", "1", R"(\1)"}).find("cannot take the place"),
            std::string::npos)
      << refusal({"-m", "1"}, ReplacedValue{"-m", "1", R"(\1)"});
}

TEST(ArgumentEditsFile, comes_back_as_it_was_written) {
  const std::vector<ArgumentEdit> edits = {
      ReplacedValue{"-machine", "^accel=", R"(q35,"\0" é)"},
      ReplacedValue{"-device", "^scsi$", "", "-global"},
      ReplacedValue{"-m", "1", "2", "", true},
      RemovedArguments{{"-device", "virtio-rng-pci"}},
      RemovedArguments{{"-no-hpet"}, true},
      AddedArguments{{"-vga", "none"}},
  };
  const auto again = parse_edits(edits_text(edits), "edits.json");
  ASSERT_TRUE(again) << to_text(again.error());
  EXPECT_EQ(*again, edits);
  EXPECT_EQ(parse_edits(edits_text({}), "edits.json")->size(), 0u);
}

TEST(ArgumentEditsFile, is_written_whatever_bytes_a_text_has) {
  const std::string text = edits_text({ReplacedValue{"-kernel", "^.*$", "/tmp/\xff"}});
  EXPECT_TRUE(parse_edits(text, "edits.json"));
}

TEST(ArgumentEditsFile, what_is_none_is_refused_with_its_place) {
  EXPECT_NE(edits_error("").find("edits.json"), std::string::npos);
  EXPECT_NE(edits_error("[]").find("edits.json:1:1"), std::string::npos) << edits_error("[]");
  EXPECT_NE(edits_error("{}").find("edits"), std::string::npos);
  EXPECT_NE(edits_error("{\"edits\": {}}").find("edits.json:1:"), std::string::npos);
  EXPECT_NE(edits_error("{\"edits\": [],\n \"more\": 1}").find("edits.json:2:"), std::string::npos)
      << edits_error("{\"edits\": [],\n \"more\": 1}");
}

TEST(ArgumentEditsFile, an_edit_that_is_none_is_refused) {
  for (const char *edit :
       {"1", "null", "[]", "{}", R"({"in": "-m"})", R"({"in": "-m", "replace": "1"})",
        R"({"in": "-m", "replace": "1", "by": 2})",
        R"({"in": "-m", "replace": "1", "by": "", "at": 1})", R"({"remove": "x"})",
        R"({"remove": []})", R"({"remove": [1]})", R"({"remove": ["x"], "optional": 1})",
        R"({"add": ["x"], "optional": true})", R"({"add": {}})", R"({"add": []})",
        R"({"add": ["x"], "remove": ["y"]})", R"({"add": ["x"], "in": "-m"})"})
    EXPECT_NE(edits_error(R"({"edits": [)" + std::string(edit) + "]}").find("edits.json:1:"),
              std::string::npos)
        << edit;
}

TEST(ArgumentEditsFile, has_so_many_edits_at_most) {
  EXPECT_NE(edits_error(edits_text(std::vector<ArgumentEdit>(1001, AddedArguments{{"x"}})))
                .find("at most 1000 edits"),
            std::string::npos);
}

} // namespace
} // namespace bootperf
