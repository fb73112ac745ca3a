#include "base/strict_json.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

std::string problem(std::string_view text) {
  const Result<JsonDocument> document = parse_json(text, "x");
  return document ? "none" : to_text(document.error());
}

TEST(StrictJson, tells_what_a_document_holds) {
  const std::string text = R"({"a": [1, -2, 2.5, "pl\u0061in", true, null], "b\"": {}})";
  const Result<JsonDocument> document = parse_json(text, "x");
  ASSERT_TRUE(document) << to_text(document.error());
  const JsonValue root = document->root();
  EXPECT_EQ(root.size(), 2U);
  EXPECT_TRUE(root.find("b\"")->is_object());
  EXPECT_FALSE(root.find("c"));
  const std::optional<JsonValue> list = root.find("a");
  ASSERT_TRUE(list);
  std::vector<JsonValue> elements;
  for (const JsonValue each : *list)
    elements.push_back(each);
  ASSERT_EQ(elements.size(), 6U);
  EXPECT_EQ(elements[0].whole(), 1U);
  EXPECT_EQ(elements[1].number(), -2);
  EXPECT_EQ(elements[2].number(), 2.5);
  EXPECT_EQ(elements[3].text(), "plain");
  EXPECT_TRUE(elements[4].boolean());
  EXPECT_EQ(elements[5].kind(), JsonValue::Kind::null);
}

TEST(StrictJson, refuses_a_nul_byte_wherever_it_stands) {
  using namespace std::string_literals;
  EXPECT_EQ(problem("{\"session\":1}\0]"s), "x:1:14: not valid JSON: a NUL byte");
  EXPECT_EQ(problem("{\"session\":1}\0garbage"s), "x:1:14: not valid JSON: a NUL byte");
  EXPECT_EQ(problem("\0"s), "x:1:1: not valid JSON: a NUL byte");
  EXPECT_EQ(problem("{\n\"a\": \"\0\"}"s), "x:2:7: not valid JSON: a NUL byte");
}

TEST(StrictJson, refuses_what_is_no_json_with_its_place) {
  EXPECT_TRUE(problem("").starts_with("x:1:1: not valid JSON"));
  EXPECT_TRUE(problem("{\"a\": 1]").starts_with("x:1:8: not valid JSON"));
  EXPECT_TRUE(problem("{}{}").starts_with("x:1:3: not valid JSON"));
  EXPECT_TRUE(problem("\xff").starts_with("x:1:1: not valid JSON"));
  EXPECT_TRUE(problem("[\"\\ud800\"]").starts_with("x:1:"));
}

TEST(StrictJson, refuses_a_number_too_large_with_its_place) {
  EXPECT_EQ(problem("{\"a\": [1,\n 1e400]}"),
            "x:2:2: not valid JSON: number overflow parsing '1e400'");
  EXPECT_EQ(problem("-1e400"), "x:1:1: not valid JSON: number overflow parsing '-1e400'");
}

TEST(StrictJson, refuses_a_key_that_comes_twice_however_it_is_written) {
  EXPECT_EQ(problem("{\"a\": 1, \"b\": {\"a\": 2}, \"a\": 3}"), "x:1:25: duplicate key \"a\"");
  EXPECT_EQ(problem("{\"a\": 1, \"\\u0061\": 3}"), "x:1:10: duplicate key \"a\"");
  EXPECT_EQ(problem("[{\"a\": 1}, {\"a\": 1}]"), "none");
}

TEST(StrictJson, bounds_depth_and_number_while_it_reads) {
  EXPECT_EQ(problem(std::string(32, '[') + std::string(32, ']')), "none");
  EXPECT_EQ(problem(std::string(33, '[')), "x:1:33: nested more than 32 levels deep");
  std::string many = "[";
  for (int i = 0; i < 16'000'000; ++i)
    many += "0,";
  EXPECT_EQ(problem(many), "x:1:32000000: more than 16000000 values: expected a smaller file");
}

} // namespace
} // namespace bootperf
