#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "bootperf_program.h"

namespace bootperf {
namespace {

using nlohmann::json;

class Show : public InDirectory {};

TEST_F(Show, draws_the_timeline_of_a_boot_log) {
  const Ran shown = bootperf({"show", recording("traced-1")});
  EXPECT_EQ(shown.code, 0) << shown.text;
  for (const char *expected : {"seabios", "supermin:mini-initrd", "/init", "longest phases",
                               "total", "100.0 %", "instructions"})
    EXPECT_NE(shown.text.find(expected), std::string::npos) << expected;
}

TEST_F(Show, averages_several_boot_logs) {
  const Ran shown =
      bootperf({"show", recording("traced-1"), recording("traced-2"), recording("traced-3")});
  EXPECT_EQ(shown.code, 0) << shown.text;
  EXPECT_NE(shown.text.find("3 boot logs: mean of 3 launches"), std::string::npos);
  EXPECT_NE(shown.text.find("+-"), std::string::npos);
}

TEST_F(Show, leaves_failed_launches_out_of_the_mean_and_says_so) {
  const Ran shown = bootperf({"show", recording("quiet"), recording("kernel-panic")});
  EXPECT_EQ(shown.code, 0) << shown.text;
  EXPECT_NE(shown.text.find("failed: "), std::string::npos);
  EXPECT_NE(shown.text.find("kernel-panic.jsonl"), std::string::npos);
}

TEST_F(Show, shows_how_far_a_failed_launch_got) {
  const Ran shown = bootperf({"show", recording("kernel-panic")});
  EXPECT_EQ(shown.code, 0) << shown.text;
  EXPECT_NE(shown.text.find("panic"), std::string::npos) << shown.text;
  EXPECT_NE(shown.text.find("seabios"), std::string::npos) << shown.text;
}

TEST_F(Show, gives_json_that_adds_up) {
  const Ran shown = bootperf({"show", recording("traced-2"), "--format", "json"});
  ASSERT_EQ(shown.code, 0) << shown.text;
  const json document = json::parse(shown.text);
  EXPECT_EQ(document["outcome"], "ok");
  std::map<std::string, std::int64_t> wall, children;
  for (const json &phase : document["phases"]) {
    const std::string name = phase["name"];
    EXPECT_FALSE(wall.contains(name)) << name << " is there twice";
    wall[name] = phase["wall_ns"];
    if (!phase["parent"].is_null() && !phase.contains("overlaps"))
      children[phase["parent"]] += phase["wall_ns"].get<std::int64_t>();
  }
  EXPECT_EQ(document["phases"][0]["name"], "run");
  EXPECT_TRUE(document["phases"][0]["parent"].is_null());
  for (const auto &[name, sum] : children)
    EXPECT_EQ(wall[name], sum) << name;
}

TEST_F(Show, says_that_a_launch_failed_in_json) {
  const Ran shown = bootperf({"show", recording("kvm-abort"), "--format", "json"});
  ASSERT_EQ(shown.code, 0) << shown.text;
  EXPECT_EQ(json::parse(shown.text)["outcome"], "failed");
}

TEST_F(Show, gives_csv) {
  const Ran shown = bootperf({"show", recording("quiet"), "--format", "csv"});
  EXPECT_EQ(shown.code, 0);
  EXPECT_TRUE(shown.text.starts_with("name,parent,start_ns,"));
  EXPECT_NE(shown.text.find("\r\nrun > launch,run,"), std::string::npos);
}

TEST_F(Show, tells_a_session_from_a_boot_log) {
  ASSERT_EQ(
      bootperf({"import", recording("traced-1"), recording("quiet"), "-o", file("s.json")}).code,
      0);
  const Ran shown = bootperf({"show", file("s.json")});
  EXPECT_EQ(shown.code, 0) << shown.text;
  EXPECT_NE(shown.text.find("Launch/traced"), std::string::npos);
  EXPECT_NE(shown.text.find("Launch/quiet"), std::string::npos);
  const json document = json::parse(bootperf({"show", file("s.json"), "--format", "json"}).text);
  EXPECT_EQ(document["scenarios"].size(), 2U);
}

TEST_F(Show, reads_a_log_up_to_where_it_was_cut) {
  const std::string whole = read(recording("traced-1"));
  const Ran shown = bootperf({"show", write("cut.jsonl", whole.substr(0, whole.size() / 2))});
  EXPECT_EQ(shown.code, 0) << shown.text;
  EXPECT_NE(shown.text.find("seabios"), std::string::npos);
}

TEST_F(Show, refuses_what_is_neither_log_nor_session) {
  for (const char *content :
       {"", "hello\n", "{}", "[1]\n", "{\"bootlog\": \"x\"}\nnonsense\n{}\n"}) {
    const Ran shown = bootperf({"show", write("x", content)});
    EXPECT_EQ(shown.code, 2) << content << shown.text;
    EXPECT_NE(shown.text.find(file("x")), std::string::npos) << shown.text;
  }
  EXPECT_EQ(bootperf({"show", file("nowhere")}).code, 2);
  EXPECT_EQ(bootperf({"show", directory_.string()}).code, 2);
}

TEST_F(Show, names_the_line_of_bad_rules) {
  const Ran shown =
      bootperf({"show", recording("quiet"), "--rules", write("r.yaml", "phases: 3\nfoo: 1\n")});
  EXPECT_EQ(shown.code, 2);
  EXPECT_NE(shown.text.find("r.yaml:"), std::string::npos) << shown.text;
}

TEST_F(Show, lets_no_byte_of_a_console_through) {
  const std::string log =
      R"({"bootlog": 1, "mode": "traced", "outcome": "failed"})"
      "\n"
      R"({"t": 1, "src": "enter", "msg": "launch"})"
      "\n"
      R"({"t": 2, "src": "appliance", "msg": "\u001b[2J<b>evil</b>\r\n::error::x\n##[add-mask]y\n"})"
      "\n"
      R"({"t": 3, "src": "appliance", "msg": "supermin: internal insmod \u001b]0;evil\u0007.ko\n"})"
      "\n";
  const std::string name = write("\033[2J.jsonl", log);
  for (const char *format : {"text", "json", "csv"}) {
    const Ran shown = bootperf({"show", name, "--format", format});
    EXPECT_EQ(shown.code, 0) << shown.text;
    EXPECT_EQ(shown.text.find('\033'), std::string::npos) << format;
    EXPECT_EQ(shown.text.find('\a'), std::string::npos) << format;
    EXPECT_EQ(shown.text.find("\n::"), std::string::npos) << format;
    EXPECT_EQ(shown.text.find("##["), std::string::npos) << format;
  }
}

TEST_F(Show, notices_that_its_output_is_lost) {
  const Ran shown = ran(
      {"/bin/sh", "-c",
       std::string(BOOTPERF_BIN_DIR) + "/bootperf show " + recording("quiet") + " > /dev/full"});
  EXPECT_EQ(shown.code, 2);
  EXPECT_NE(shown.text.find("standard output"), std::string::npos) << shown.text;
}

TEST_F(Show, answers_a_lack_of_memory_with_a_sentence) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP()
      << "a sanitizer takes terabytes of addresses for itself, and ends where it gets none";
#endif
  std::string many = "{\"session\": 1, \"warnings\": [";
  for (int i = 0; i < 4'000'000; ++i)
    many += "\"\",";
  const std::string session = write("many.json", many + "\"\"]}");
  const Ran shown = ran(
      {"prlimit", "--as=120000000", std::string(BOOTPERF_BIN_DIR) + "/bootperf", "show", session});
  EXPECT_EQ(shown.code, 2) << shown.text;
  EXPECT_NE(shown.text.find("not enough memory"), std::string::npos) << shown.text;
}

TEST_F(Show, refuses_a_nul_byte_behind_the_header_of_a_boot_log) {
  const Ran shown = bootperf({"show", write("n", "{\"bootlog\":1}" + std::string("\0]\n", 3))});
  EXPECT_EQ(shown.code, 2);
  EXPECT_NE(shown.text.find("a NUL byte"), std::string::npos) << shown.text;
}

std::string text_log(const std::string &name) {
  return std::string(BOOTPERF_TEST_DATA) + "/logs/" + name + ".txt.gz";
}

TEST_F(Show, draws_a_timeline_of_text_with_times) {
  const Ran shown = bootperf({"show", text_log("guestfish-1.60-stamped")});
  EXPECT_EQ(shown.code, 0) << shown.text;
  for (const char *expected : {"seabios", "/init", "longest phases", "times: the host's"})
    EXPECT_NE(shown.text.find(expected), std::string::npos) << expected << shown.text;
}

TEST_F(Show, makes_no_time_up_for_text_without) {
  const Ran shown = bootperf({"show", text_log("test-tool-1.54-aarch64")});
  EXPECT_EQ(shown.code, 0) << shown.text;
  for (const char *expected : {"passed through", "guestfsd", "times: only those"})
    EXPECT_NE(shown.text.find(expected), std::string::npos) << expected << shown.text;
  EXPECT_EQ(shown.text.find("longest phases"), std::string::npos);
  EXPECT_NE(bootperf({"show", text_log("test-tool-1.60")}).text.find("guest's clock"),
            std::string::npos);
  const Ran as_json = bootperf({"show", text_log("test-tool-1.54-aarch64"), "--format", "json"});
  const json document = json::parse(as_json.text);
  EXPECT_EQ(document["outcome"], "ok");
  EXPECT_TRUE(document["phases"][0]["wall_ns"].is_null());
  EXPECT_EQ(document["phases"][0]["clock"], "none");
}

TEST_F(Show, says_why_a_text_s_launch_failed_and_what_helps) {
  const Ran shown = bootperf({"show", text_log("libvirt-1.54-failed")});
  EXPECT_EQ(shown.code, 0) << shown.text;
  for (const char *expected : {"libvirt refused: ", "/dev/urandom", "remedy: ", "guestfs-faq(1)"})
    EXPECT_NE(shown.text.find(expected), std::string::npos) << expected << shown.text;
}

TEST_F(Show, refuses_text_of_something_else) {
  const Ran shown = bootperf({"show", std::string(BOOTPERF_TEST_DATA) + "/logs/README.md"});
  EXPECT_EQ(shown.code, 2) << shown.text;
}

TEST_F(Show, has_text_imported_and_reported) {
  const std::string session = file("session.json");
  const Ran imported = bootperf({"import", text_log("guestfish-1.54-stamped"), "-o", session});
  EXPECT_EQ(imported.code, 0) << imported.text;
  EXPECT_EQ(bootperf({"show", session}).code, 0);
  for (const char *name : {"guestfish-1.54-stamped", "test-tool-1.60", "libvirt-1.54-failed"}) {
    const Ran reported = bootperf({"report", text_log(name), "-o", file("out")});
    EXPECT_EQ(reported.code, 0) << name << reported.text;
  }
}

} // namespace
} // namespace bootperf
