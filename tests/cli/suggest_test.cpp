// `bootperf suggest`: what to fix first.

#include "bootperf_program.h"

#include "session/session.h"

namespace bootperf {
namespace {

class SuggestVerb : public InDirectory {
protected:
  SuggestVerb() {
    write("boot.profile.json",
          R"json({"bootperf_profile": 1, "environment": {"kernel": "6.1"},
"phases": ["run > launch > /init"],
"functions": [["/usr/bin/bash", "execute_command"]],
"launches": [{"instructions": 1000, "rows": [[0, 0, 1000, 0, 1]]}]})json");
    write("mine.yaml",
          "levers:\n  - {name: less-bash, actor: /init, what: no bash, adopt: me, smp: 2, "
          "proof: [{line: x}], touches: [{object: bash}]}\n");
  }

  /// In the directory of the test, where a session of levers may lie.
  Ran suggest(const std::string &more) const {
    return ran({"/bin/sh", "-c",
                "cd '" + directory_.string() + "' && LC_ALL=C '" + BOOTPERF_BIN_DIR +
                    "/bootperf' suggest boot.profile.json --levers mine.yaml " + more});
  }
};

TEST_F(SuggestVerb, names_the_levers_that_touch_what_is_spent) {
  const Ran run = suggest("");
  EXPECT_EQ(run.code, 0) << run.text;
  EXPECT_NE(run.text.find("less-bash"), std::string::npos) << run.text;
  EXPECT_NE(run.text.find("execute_command"), std::string::npos) << run.text;
}

TEST_F(SuggestVerb, refuses_a_session_that_tried_nothing) {
  Session session;
  session.id = "x";
  ASSERT_TRUE(write_session(file("s.json"), session));
  const Ran run = suggest("--measured s.json");
  EXPECT_EQ(run.code, 2) << run.text;
  EXPECT_NE(run.text.find("this session tries no levers"), std::string::npos) << run.text;
}

TEST_F(SuggestVerb, says_what_was_given_in_the_place_of_a_profile_and_of_a_session) {
  Session session;
  session.id = "x";
  ASSERT_TRUE(write_session(file("boot.profile.json"), session));
  const Ran no_profile = suggest("");
  EXPECT_EQ(no_profile.code, 2);
  EXPECT_NE(no_profile.text.find("expected a profile; this is a session"), std::string::npos)
      << no_profile.text;
  write("p.json", R"({"bootperf_profile": 1})");
  const Ran no_session = bootperf({"what-if", "--recorded", file("p.json")});
  EXPECT_EQ(no_session.code, 2);
  EXPECT_NE(no_session.text.find("expected a session; this is a profile"), std::string::npos)
      << no_session.text;
}

/// A session in which less-bash was tried with this kernel, and failed.
Session tried_with(const std::string &kernel) {
  Session session;
  session.id = "x";
  session.what_if = WhatIf{.trials = {{.lever = "less-bash",
                                       .actor = "/init",
                                       .what = "no bash",
                                       .adopt = "me",
                                       .refused = ""}},
                           .launches = 3,
                           .base_launches = 7,
                           .arguments = {}};
  Scenario scenario;
  scenario.name = "Launch/counted";
  scenario.mode = "counted";
  scenario.subject = "base";
  scenario.keys = {{"kernel", kernel}};
  session.scenarios = {scenario};
  return session;
}

TEST_F(SuggestVerb, refuses_what_levers_saved_with_another_kernel) {
  ASSERT_TRUE(write_session(file("s.json"), tried_with("5.10")));
  const Ran run = suggest("--measured s.json");
  EXPECT_EQ(run.code, 2) << run.text;
  EXPECT_NE(run.text.find("tried with the kernel 5.10, and the profile is of 6.1"),
            std::string::npos)
      << run.text;
}

TEST_F(SuggestVerb, leaves_a_session_of_another_kernel_out_that_only_lies_there) {
  ASSERT_TRUE(write_session(file("bootperf.what-if.json"), tried_with("5.10")));
  const Ran run = suggest("");
  EXPECT_EQ(run.code, 0) << run.text;
  EXPECT_NE(run.text.find("what levers saved is left out"), std::string::npos) << run.text;
  EXPECT_NE(run.text.find("less-bash"), std::string::npos) << run.text;
}

TEST_F(SuggestVerb, leaves_out_what_lies_there_and_is_no_session_of_levers) {
  write("bootperf.what-if.json", "{}");
  const Ran run = suggest("");
  EXPECT_EQ(run.code, 0) << run.text;
  EXPECT_NE(run.text.find("NOTE: bootperf.what-if.json:"), std::string::npos) << run.text;
}

TEST_F(SuggestVerb, refuses_what_is_no_profile) {
  write("boot.profile.json", "{}");
  EXPECT_EQ(suggest("").code, 2);
  EXPECT_EQ(bootperf({"suggest"}).code, 2);
  EXPECT_EQ(bootperf({"suggest", file("missing.json")}).code, 2);
}

} // namespace
} // namespace bootperf
