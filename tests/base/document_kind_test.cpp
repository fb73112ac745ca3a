#include "base/document_kind.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

std::string kind_of(const std::string &json) {
  const auto document = parse_json(json, "x.json");
  EXPECT_TRUE(document) << json;
  return document ? document_kind(document->root()) : "not JSON";
}

TEST(DocumentKind, is_told_by_the_key_that_each_has) {
  EXPECT_EQ(kind_of(R"({"bootperf_profile": 1})"), "a profile (bootperf profile)");
  EXPECT_EQ(kind_of(R"({"session": 1})"), "a session (bootperf show)");
  EXPECT_EQ(kind_of(R"({"session_set": 1, "sessions": []})"), "a set of sessions (bootperf merge)");
  EXPECT_EQ(kind_of(R"({"context": {}, "benchmarks": []})"),
            "Google Benchmark's output, beside which the session lies");
}

TEST(DocumentKind, of_anything_else_is_not_known) {
  for (const char *json : {"{}", "[]", "1", R"("session")", R"({"phases": []})"})
    EXPECT_EQ(kind_of(json), "") << json;
}

} // namespace
} // namespace bootperf
