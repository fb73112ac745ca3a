// `bootperf what-if` as far as it launches nothing.

#include "bootperf_program.h"

#include "session/session.h"

namespace bootperf {
namespace {

class WhatIfVerb : public InDirectory {
protected:
  static void expect_refused(const std::vector<std::string> &arguments,
                             const std::string &expected) {
    std::vector<std::string> command = {"what-if"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const Ran run = bootperf(command);
    EXPECT_EQ(run.code, 2) << run.text;
    EXPECT_NE(run.text.find(expected), std::string::npos) << run.text;
  }

  /// A session that only imported a boot log.
  std::string imported() const {
    const Ran run = bootperf({"import", recording("traced-1"), "-o", file("imported.json")});
    EXPECT_EQ(run.code, 0) << run.text;
    return file("imported.json");
  }

  /// One that refused its only lever; its launches are those of this subject.
  std::string tried(const std::string &subject) const {
    Session session = read_session(imported()).value();
    session.what_if = WhatIf{.trials = {{.lever = "qboot",
                                         .actor = "firmware",
                                         .what = "qboot in place of SeaBIOS",
                                         .adopt = "libguestfs",
                                         .refused = "it needs qboot.rom"}},
                             .launches = 3,
                             .base_launches = 7,
                             .arguments = {"qboot", "--launches=3"}};
    for (Scenario &scenario : session.scenarios) {
      scenario.name = "Launch/counted";
      scenario.mode = "counted";
      scenario.subject = subject;
    }
    for (Launch &launch : session.launches) {
      launch.scenario = "Launch/counted";
      launch.subject = subject;
    }
    EXPECT_TRUE(write_session(file("tried.json"), session));
    return file("tried.json");
  }
};

TEST_F(WhatIfVerb, lists_the_levers) {
  const Ran list = bootperf({"what-if", "--list"});
  EXPECT_EQ(list.code, 0) << list.text;
  EXPECT_NE(list.text.find("unsigned-modules (kernel): "), std::string::npos) << list.text;
  const Ran one = bootperf({"what-if", "--list", "q35"});
  EXPECT_EQ(one.code, 0);
  EXPECT_TRUE(one.text.starts_with("q35 (qemu): ")) << one.text;
  EXPECT_EQ(one.text.find("unsigned-modules"), std::string::npos) << one.text;
}

TEST_F(WhatIfVerb, lists_the_levers_of_a_file_too) {
  const std::string levers =
      write("mine.yaml", "levers:\n  - {name: mine, actor: qemu, what: two, adopt: me, smp: 2, "
                         "proof: [{line: x}]}\n");
  const Ran list = bootperf({"what-if", "--list", "mine", "--levers", levers});
  EXPECT_EQ(list.code, 0);
  EXPECT_EQ(list.text, "mine (qemu): two\n    me\n");
}

TEST_F(WhatIfVerb, wants_to_know_which_levers) {
  expect_refused({}, "name the levers to try, or give --all; --list shows them");
}

TEST_F(WhatIfVerb, names_the_lever_that_was_meant) {
  const std::string meant =
      "there is no lever \"unsigned-module\"; did you mean \"unsigned-modules\"?";
  expect_refused({"unsigned-module", "-o", file("s.json")}, meant);
  expect_refused({"--list", "unsigned-module"}, meant);
  EXPECT_FALSE(std::filesystem::exists(file("s.json")));
}

TEST_F(WhatIfVerb, says_where_a_file_of_levers_is_wrong) {
  const std::string levers = write("mine.yaml", "levers:\n  - {name: base}\n");
  expect_refused({"--all", "--levers", levers, "-o", file("s.json")}, "mine.yaml:2:12: ");
  expect_refused({"--all", "--levers", file("missing.yaml")}, "missing.yaml");
}

TEST_F(WhatIfVerb, never_writes_over_its_levers) {
  const std::string yaml = "levers:\n  - {name: mine, actor: qemu, what: two, adopt: me, smp: 2, "
                           "proof: [{line: x}]}\n";
  const std::string levers = write("mine.yaml", yaml);
  expect_refused({"mine", "--levers", levers, "-o", levers, "--force"}, "mine.yaml");
  EXPECT_EQ(read(levers), yaml);
}

TEST_F(WhatIfVerb, never_writes_over_a_session_unasked) {
  const std::string there = write("s.json", "mine");
  expect_refused({"q35", "-o", there}, "--force");
  EXPECT_EQ(read(there), "mine");
}

TEST_F(WhatIfVerb, ranks_no_session_that_tried_nothing) {
  expect_refused({"--recorded", imported()}, "this session tries no levers");
  expect_refused({"--recorded", write("none.json", "{}")}, "none.json");
  expect_refused({"--recorded", file("missing.json")}, "missing.json");
}

TEST_F(WhatIfVerb, ranks_a_recorded_session) {
  const std::string session = tried("base");
  const Ran text = bootperf({"what-if", "--recorded", session});
  EXPECT_EQ(text.code, 4) << text.text;
  EXPECT_NE(text.text.find("none of these levers could be measured"), std::string::npos)
      << text.text;
  EXPECT_NE(text.text.find("qboot: it needs qboot.rom"), std::string::npos) << text.text;
  const Ran json = bootperf({"what-if", "--recorded", session, "--format", "json"});
  EXPECT_EQ(json.code, 4);
  EXPECT_NE(json.text.find("\"lever\": \"qboot\""), std::string::npos) << json.text;
}

TEST_F(WhatIfVerb, says_that_the_boot_as_it_is_was_not_measured) {
  const Ran run = bootperf({"what-if", "--recorded", tried("head")});
  EXPECT_EQ(run.code, 4);
  EXPECT_NE(run.text.find("no launch of the boot as it is came up"), std::string::npos) << run.text;
}

TEST_F(WhatIfVerb, goes_on_only_with_a_session_of_its_own) {
  const std::string session = imported();
  const std::string before = read(session);
  expect_refused({"--resume", session}, "this session was not made by bootperf what-if");
  EXPECT_EQ(read(session), before);
}

TEST_F(WhatIfVerb, does_not_go_on_with_levers_that_have_changed) {
  const std::string recorded = tried("base");
  for (const char *levers : {"of another version", ""}) {
    Session session = read_session(recorded).value();
    session.what_if->levers = levers;
    ASSERT_TRUE(write_session(recorded, session));
    const std::string before = read(recorded);
    expect_refused({"--resume", recorded},
                   "the levers, the file that holds them, or bootperf have changed");
    EXPECT_EQ(read(recorded), before);
    EXPECT_EQ(bootperf({"what-if", "--recorded", recorded}).code, 4) << "it is shown all the same";
  }
}

} // namespace
} // namespace bootperf
