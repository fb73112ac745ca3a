// Damaged and foreign files in the place of a session, given to every verb that reads one.
#include <sys/stat.h>

#include "base/gzip.h"
#include "bootperf_program.h"

namespace bootperf {
namespace {

using namespace std::string_literals;

class HostileFiles : public InDirectory {
protected:
  void SetUp() override {
    write("policy.yaml", read(std::string(BOOTPERF_SOURCE_DIR) + "/thresholds/policy.yaml"));
  }

  /// What each verb that reads sessions is called with for this one.
  std::vector<std::vector<std::string>> readers(const std::string &session) const {
    const std::string thresholds = directory_.string(), output = file("output");
    return {
        {"show", session},
        {"check", session, "--thresholds", thresholds},
        {"compare", "--recorded", session, "--thresholds", thresholds},
        {"compare", "--recorded", session, session, "--thresholds", thresholds},
        {"compare", "--resume", session, "--thresholds", thresholds},
        {"selftest", session, "--thresholds", thresholds},
        {"report", session, "-o", output},
        {"report", session, "-o", output, "--format", "perfetto"},
        {"baseline", "update", session, "--thresholds", thresholds},
        {"merge", session, "-o", output},
        {"import", session, "-o", output},
        {"trend", "add", session, "--thresholds", thresholds, "--store", output},
    };
  }

  /// Each verb ends with wrong input, says this, and leaves nothing behind.
  void expect_refused(const std::string &session, const std::string &saying) const {
    for (const std::vector<std::string> &reader : readers(session)) {
      const Ran refused = bootperf(reader);
      EXPECT_EQ(refused.code, 2) << reader[0] << ": " << refused.text;
      EXPECT_NE(refused.text.find(saying), std::string::npos) << reader[0] << ": " << refused.text;
      EXPECT_FALSE(std::filesystem::exists(file("output"))) << reader[0];
    }
  }
};

TEST_F(HostileFiles, a_nul_byte_behind_a_session_is_refused_with_its_place) {
  expect_refused(write("n", "{\"session\":1}\0]"s), "n:1:14: not valid JSON: a NUL byte");
  expect_refused(write("garbage", "{\"session\":1}\0garbage"s), "a NUL byte");
}

TEST_F(HostileFiles, so_is_one_in_a_packed_session) {
  const Result<std::string> packed = gzip("{\"session\":1}\0]"s);
  ASSERT_TRUE(packed) << to_text(packed.error());
  expect_refused(write("n.gz", *packed), "n.gz:1:14: not valid JSON: a NUL byte");
}

TEST_F(HostileFiles, a_number_without_end_and_a_key_twice_are_refused_with_their_place) {
  expect_refused(write("large", "{\"session\":\n1e400}"), "large:2:1: not valid JSON: number");
  expect_refused(write("twice", "{\"session\":1,\"session\":1}"), "twice:1:14: duplicate key");
}

TEST_F(HostileFiles, nothing_and_a_directory_are_no_session) {
  expect_refused(write("empty", ""), "empty");
  ASSERT_EQ(::mkdir(file("directory").c_str(), 0700), 0);
  expect_refused(file("directory"), "directory");
}

} // namespace
} // namespace bootperf
