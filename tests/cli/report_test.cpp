#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "bootperf_program.h"
#include "session/session.h"

namespace bootperf {
namespace {

using nlohmann::json;

class Report : public InDirectory {
protected:
  Report() {
    EXPECT_EQ(
        bootperf({"import", recording("traced-1"), recording("traced-2"), "-o", file("s.json")})
            .code,
        0);
  }

  Ran report(std::vector<std::string> more) const {
    more.insert(more.begin(), {"report", file("s.json"), "-o", file("out")});
    return bootperf(more);
  }
};

TEST_F(Report, writes_a_page_and_says_where) {
  const Ran made = report({});
  EXPECT_EQ(made.code, 0) << made.text;
  EXPECT_EQ(made.text, file("out/index.html") + "\n");
  const std::string page = read(file("out/index.html"));
  EXPECT_TRUE(page.starts_with("<!doctype html>"));
  EXPECT_NE(page.find("\"verdict\":\"not measured\""), std::string::npos)
      << "there are no thresholds here, and nobody asked for any";
}

TEST_F(Report, exits_with_0_whatever_the_verdict) {
  write("policy.yaml", "gates:\n  wall:\n    - {phase: launch, tolerance: 5 %}\n");
  const Ran made = report({"--thresholds", file(".")});
  EXPECT_EQ(made.code, 0) << made.text;
  EXPECT_NE(read(file("out/index.html")).find("make one: bootperf baseline update"),
            std::string::npos);
}

TEST_F(Report, says_what_to_fix_first_where_it_has_a_profile) {
  EXPECT_EQ(report({}).code, 0);
  EXPECT_NE(read(file("out/index.html")).find("\"suggestions\":null"), std::string::npos);
  const std::string profile = write("boot.profile.json", R"json({"bootperf_profile": 1,
"environment": {}, "phases": ["run > launch > /init"],
"functions": [["vmlinux", "sha256_update"]],
"launches": [{"instructions": 1000, "rows": [[0, 0, 1000, 0, 1]]}]})json");
  const Ran made = report({"--profile", profile});
  EXPECT_EQ(made.code, 0) << made.text;
  EXPECT_NE(read(file("out/index.html")).find("levers touch"), std::string::npos);
}

TEST_F(Report, lays_no_profile_of_another_kernel_over_a_session) {
  const Ran made = report({"--profile", write("boot.profile.json", R"json({"bootperf_profile": 1,
"environment": {"kernel": "2.4"}, "phases": ["run > launch > /init"],
"functions": [["vmlinux", "sha256_update"]],
"launches": [{"instructions": 1000, "rows": [[0, 0, 1000, 0, 1]]}]})json")});
  EXPECT_EQ(made.code, 2) << made.text;
  EXPECT_NE(made.text.find("the profile is of the kernel 2.4, and the session booted "),
            std::string::npos)
      << made.text;
}

TEST_F(Report, draws_what_changed_from_the_profile_of_base) {
  const char *const text = R"json({"bootperf_profile": 1,
"environment": {}, "phases": ["run > launch > /init"],
"functions": [["vmlinux", "sha256_update"]],
"launches": [{"instructions": %s, "rows": [[0, 0, %s, 0, 1]]}]})json";
  const auto profile = [&](const char *name, const std::string &ran) {
    std::string json = text;
    for (std::size_t at = json.find("%s"); at != std::string::npos; at = json.find("%s"))
      json.replace(at, 2, ran);
    return write(name, json);
  };
  const std::string head = profile("head.json", "3000"), base = profile("base.json", "2000");
  const Ran made = report({"--profile", head, "--base-profile", base});
  EXPECT_EQ(made.code, 0) << made.text;
  EXPECT_NE(read(file("out/index.html"))
                .find("2.000 k instructions of work in a launch by the "
                      "profile base.json, 3.000 k by head.json"),
            std::string::npos);
  EXPECT_EQ(report({"--base-profile", base}).code, 2) << "of what?";
  EXPECT_EQ(report({"--profile", head, "--base-profile", write("bad.json", "{}")}).code, 2);
}

TEST_F(Report, has_no_profile_in_a_trace) {
  EXPECT_EQ(report({"--format", "perfetto", "--profile", write("boot.profile.json", "{}")}).code,
            2);
}

TEST_F(Report, of_a_profile_that_is_none_is_not_written) {
  const Ran made = report({"--profile", write("boot.profile.json", "{}")});
  EXPECT_EQ(made.code, 2) << made.text;
  EXPECT_FALSE(std::filesystem::exists(file("out/index.html")));
  const Ran alone = report({"--measured", file("s.json")});
  EXPECT_EQ(alone.code, 2) << "it measured for nothing";
}

TEST_F(Report, of_base_and_head_says_what_is_compared_with_what) {
  ASSERT_EQ(bootperf({"import", recording("traced-3"), "-o", file("h.json")}).code, 0);
  const Ran made = bootperf({"report", file("s.json"), file("h.json"), "-o", file("out")});
  EXPECT_EQ(made.code, 0) << made.text;
  EXPECT_NE(read(file("out/index.html")).find("appliance: h.json against s.json"),
            std::string::npos);
  // A merged set of two is the same.
  ASSERT_EQ(bootperf({"merge", file("s.json"), file("h.json"), "-o", file("set.json")}).code, 0);
  EXPECT_EQ(bootperf({"report", file("set.json"), "-o", file("out")}).code, 0);
  EXPECT_NE(read(file("out/index.html")).find("appliance: head against base"), std::string::npos);
}

TEST_F(Report, of_what_no_gate_is_for_is_not_headed_not_measured) {
  ASSERT_EQ(bootperf({"import", recording("initcalls"), "-o", file("i.json")}).code, 0);
  write("policy.yaml", "gates:\n  wall:\n    - {phase: launch, tolerance: 5 %, modes: [quiet]}\n");
  const Ran made =
      bootperf({"report", file("i.json"), "--thresholds", file("."), "-o", file("out")});
  EXPECT_EQ(made.code, 0) << made.text;
  const std::string page = read(file("out/index.html"));
  EXPECT_NE(page.find("\"nothing_judged\":\"Nothing is judged here: the policy gates no phase of "
                      "the mode \\\"initcalls\\\" by wall.\""),
            std::string::npos);
  EXPECT_NE(page.find("\"check\":null"), std::string::npos);
  EXPECT_EQ(report({"--thresholds", file(".")}).code, 0);
  EXPECT_NE(read(file("out/index.html")).find("\"nothing_judged\":\"Nothing is judged here: "),
            std::string::npos)
      << "traced launches are not gated by this policy either";
}

TEST_F(Report, of_a_session_of_levers_ranks_them) {
  Session session = read_session(file("s.json")).value();
  session.what_if = WhatIf{.trials = {{.lever = "qboot",
                                       .actor = "firmware",
                                       .what = "qboot",
                                       .adopt = "libguestfs",
                                       .refused = "it needs qboot.rom"}},
                           .launches = 3,
                           .base_launches = 7,
                           .arguments = {}};
  for (Scenario &scenario : session.scenarios) {
    scenario.name = "Launch/counted";
    scenario.mode = "counted";
    scenario.subject = "base";
  }
  for (Launch &launch : session.launches) {
    launch.scenario = "Launch/counted";
    launch.subject = "base";
  }
  ASSERT_TRUE(write_session(file("w.json"), session));
  EXPECT_EQ(bootperf({"report", file("w.json"), "-o", file("out")}).code, 0);
  const std::string page = read(file("out/index.html"));
  EXPECT_NE(page.find("Nothing is judged here: this session tries levers"), std::string::npos);
  EXPECT_NE(page.find("none of these levers could be measured."), std::string::npos);
  EXPECT_NE(page.find("it needs qboot.rom"), std::string::npos);
}

TEST_F(Report, of_base_and_head_that_are_one_is_not_written) {
  const Ran made = bootperf({"report", file("s.json"), file("s.json"), "-o", file("out")});
  EXPECT_EQ(made.code, 2) << made.text;
  EXPECT_NE(made.text.find("base and head are the same session"), std::string::npos) << made.text;
  EXPECT_FALSE(std::filesystem::exists(file("out/index.html")));
}

TEST_F(Report, writes_a_trace_with_the_lines_of_its_own_logs) {
  const std::string logs = std::string(BOOTPERF_TEST_DATA) + "/bootlogs";
  const Ran made = report({"--format", "perfetto", "--logs", logs});
  EXPECT_EQ(made.code, 0) << made.text;
  const json trace = json::parse(read(file("out/trace.json")));
  std::set<int> with_lines;
  for (const json &event : trace["traceEvents"])
    if (event["ph"] == "i")
      with_lines.insert(event["tid"].get<int>());
  EXPECT_EQ(with_lines, (std::set{1, 2})) << "eight other recordings lie there";
}

TEST_F(Report, says_when_no_log_is_of_this_session) {
  std::filesystem::create_directory(file("logs"));
  const Ran made = report({"--format", "perfetto", "--logs", file("logs")});
  EXPECT_EQ(made.code, 0);
  EXPECT_NE(made.text.find("no boot log in"), std::string::npos) << made.text;
}

TEST_F(Report, refuses_what_it_cannot_read_or_write) {
  EXPECT_EQ(bootperf({"report", file("nowhere.json")}).code, 2);
  EXPECT_EQ(report({"--thresholds", file("nowhere")}).code, 2);
  EXPECT_EQ(report({"--format", "perfetto", "--logs", file("nowhere")}).code, 2);
  EXPECT_EQ(bootperf({"report", file("s.json"), "-o", "/dev/full"}).code, 2);
  EXPECT_EQ(report({"--format", "pdf"}).code, 2);
}

} // namespace
} // namespace bootperf
