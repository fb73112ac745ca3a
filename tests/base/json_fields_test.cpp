#include "base/json_fields.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

TEST(JsonFields, name_what_is_wrong_by_path_line_and_column) {
  const std::string text = "{\"a\": [{\"n\": 1},\n  {\"n\": \"x\"}]}";
  const Result<JsonDocument> document = parse_json(text, "x");
  ASSERT_TRUE(document);
  std::optional<JsonProblem> wrong;
  JsonFields fields(document->root(), wrong);
  std::uint64_t sum = 0;
  for (const JsonValue each : fields.array("a")) {
    std::uint64_t n = 0;
    JsonFields(each, wrong).required("n", n);
    sum += n;
  }
  EXPECT_EQ(sum, 1U);
  ASSERT_TRUE(wrong);
  EXPECT_EQ(to_text(document->error(*wrong)),
            "x:2:4: /a/1/n: expected a whole number of 0 or more, below 2^64");
}

TEST(JsonFields, refuse_keys_that_nobody_asked_for) {
  const Result<JsonDocument> document = parse_json("{\"a\": 1,\n\"z\": 2}", "x");
  std::optional<JsonProblem> wrong;
  JsonFields fields(document->root(), wrong);
  std::uint64_t a = 0;
  fields.required("a", a);
  fields.finish();
  ASSERT_TRUE(wrong);
  EXPECT_EQ(to_text(document->error(*wrong)), "x:2:1: /z: unknown key; expected one of a");
}

} // namespace
} // namespace bootperf
