#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "bootperf_program.h"

namespace bootperf {
namespace {

class Merge : public InDirectory {
protected:
  /// A session of its own, of the recorded launch that its name begins with.
  std::string session(const std::string &name) {
    EXPECT_EQ(bootperf({"import", recording("traced-" + name.substr(0, 1)), "-o", file(name)}).code,
              0);
    return file(name);
  }
};

TEST_F(Merge, keeps_each_session_as_it_is) {
  const std::string first = session("1.json"), second = session("2.json");
  const Ran merged = bootperf({"merge", first, second, "-o", file("all.json")});
  EXPECT_EQ(merged.code, 0) << merged.text;
  EXPECT_NE(merged.text.find("2 sessions, 2 launches"), std::string::npos) << merged.text;
  const auto set = nlohmann::json::parse(read(file("all.json")));
  EXPECT_EQ(set["set"][1], nlohmann::json::parse(read(second)));
}

TEST_F(Merge, packs_what_ends_in_gz_and_reads_it) {
  const std::string first = session("1.json");
  ASSERT_EQ(bootperf({"merge", first, "-o", file("all.json.gz")}).code, 0);
  EXPECT_TRUE(read(file("all.json.gz")).starts_with("\x1f\x8b"));
  const Ran again =
      bootperf({"merge", file("all.json.gz"), first, session("2.json"), "-o", file("all.json.gz")});
  EXPECT_NE(again.text.find("2 sessions"), std::string::npos) << again.text;
}

TEST_F(Merge, makes_what_every_reader_of_sessions_takes) {
  ASSERT_EQ(
      bootperf({"merge", session("1.json"), session("2.json"), "-o", file("all.json.gz")}).code, 0);
  const Ran shown = bootperf({"show", file("all.json.gz")});
  EXPECT_EQ(shown.code, 0) << shown.text;
  const std::size_t first = shown.text.find("session 2");
  EXPECT_NE(shown.text.find("session 2", first + 1), std::string::npos) << shown.text;

  write("policy.yaml", read(std::string(BOOTPERF_SOURCE_DIR) + "/thresholds/policy.yaml"));
  const Ran updated = bootperf({"baseline", "update", file("all.json.gz"), "--metric", "wall",
                                "--thresholds", directory_.string()});
  EXPECT_EQ(updated.code, 0) << updated.text;
  EXPECT_NE(updated.text.find("2 sessions"), std::string::npos) << updated.text;
}

TEST_F(Merge, refuses_a_changed_session_and_writes_nothing) {
  const std::string first = session("1.json");
  std::string text = read(first);
  text.replace(text.find("\"warnings\": []"), 14, "\"warnings\": [\"x\"]");
  const Ran merged = bootperf({"merge", first, write("2.json", text), "-o", file("all.json")});
  EXPECT_EQ(merged.code, 2);
  EXPECT_NE(merged.text.find("two different sessions"), std::string::npos) << merged.text;
  EXPECT_FALSE(std::filesystem::exists(file("all.json")));
}

TEST_F(Merge, refuses_what_is_no_session) {
  const Ran merged = bootperf({"merge", recording("traced-1"), "-o", file("all.json")});
  EXPECT_EQ(merged.code, 2);
  EXPECT_NE(merged.text.find("traced-1.jsonl"), std::string::npos) << merged.text;
}

TEST_F(Merge, a_set_is_not_checked_as_one_session) {
  ASSERT_EQ(bootperf({"merge", session("1.json"), "-o", file("all.json")}).code, 0);
  const Ran checked = bootperf({"check", file("all.json"), "--thresholds",
                                std::string(BOOTPERF_SOURCE_DIR) + "/thresholds"});
  EXPECT_EQ(checked.code, 2);
  EXPECT_NE(checked.text.find("expected one session"), std::string::npos) << checked.text;
}

TEST_F(Merge, sets_are_not_compared_as_base_and_head) {
  ASSERT_EQ(bootperf({"merge", session("1.json"), session("2.json"), "-o", file("all.json")}).code,
            0);
  const Ran compared = bootperf({"compare", "--recorded", file("all.json"), file("1.json"),
                                 "--thresholds", std::string(BOOTPERF_SOURCE_DIR) + "/thresholds"});
  EXPECT_EQ(compared.code, 2);
  EXPECT_NE(compared.text.find("hold 3 sessions"), std::string::npos) << compared.text;
}

} // namespace
} // namespace bootperf
