#include <gtest/gtest.h>

#include "bootperf_program.h"
#include "session/session.h"

namespace bootperf {
namespace {

class Import : public InDirectory {};

TEST_F(Import, makes_a_session_in_the_order_given) {
  const Ran imported = bootperf({"import", recording("traced-2"), recording("traced-1"),
                                 recording("kernel-panic"), "-o", file("s.json")});
  ASSERT_EQ(imported.code, 0) << imported.text;
  EXPECT_NE(imported.text.find("3 launches, 1 of them failed"), std::string::npos);
  const auto session = read_session(file("s.json"));
  ASSERT_TRUE(session.has_value()) << to_text(session.error());
  ASSERT_EQ(session->launches.size(), 3U);
  EXPECT_LT(session->launches[0].wall_ns, session->launches[1].wall_ns);
  EXPECT_TRUE(session->launches[1].ok); // a draft's header outcome counts
  EXPECT_FALSE(session->launches[2].ok);
  EXPECT_FALSE(session->launches[2].failure_phase.empty());
  ASSERT_EQ(session->scenarios.size(), 1U);
  EXPECT_EQ(session->scenarios[0].name, "Launch/traced");
  EXPECT_EQ(session->scenarios[0].keys.at("accel"), "tcg");
}

TEST_F(Import, fills_in_what_a_header_lacks_and_nothing_else) {
  ASSERT_EQ(bootperf({"import", recording("quiet"), "-o", file("s.json"), "--class",
                      "cpu_model=EPYC 7763", "--class", "arch=sparc", "--scenario", "mine"})
                .code,
            0);
  const auto session = read_session(file("s.json"));
  ASSERT_TRUE(session.has_value());
  EXPECT_EQ(session->scenarios[0].name, "mine");
  EXPECT_EQ(session->scenarios[0].keys.at("cpu_model"), "EPYC 7763");
  EXPECT_EQ(session->scenarios[0].keys.at("arch"), "x86_64");
}

TEST_F(Import, refuses_logs_that_were_not_made_alike) {
  const Ran imported = bootperf({"import", recording("traced-1"), recording("libvirt"), "--force",
                                 "-o", write("s.json", "before")});
  EXPECT_EQ(imported.code, 2);
  EXPECT_NE(imported.text.find("backend is \"libvirt\" here and \"direct\""), std::string::npos)
      << imported.text;
  EXPECT_EQ(read(file("s.json")), "before");
}

TEST_F(Import, overwrites_nothing_on_bad_input) {
  const std::string log = write("bad.jsonl", "{\"bootlog\": 1}\nnonsense\n{\"t\": 1}\n");
  const Ran imported =
      bootperf({"import", recording("quiet"), log, "--force", "-o", write("s.json", "before")});
  EXPECT_EQ(imported.code, 2) << imported.text;
  EXPECT_NE(imported.text.find(log + ":"), std::string::npos) << imported.text;
  EXPECT_EQ(read(file("s.json")), "before");
}

TEST_F(Import, never_overwrites_a_boot_log) {
  const std::string log = write("log.jsonl", read(recording("quiet")));
  const Ran imported = bootperf({"import", log, "-o", log});
  EXPECT_EQ(imported.code, 2);
  EXPECT_EQ(read(log), read(recording("quiet")));
}

TEST_F(Import, asks_for_a_mode) {
  const std::string log = write("log.jsonl", "{\"bootlog\": 1, \"outcome\": \"ok\"}\n");
  const Ran imported = bootperf({"import", log, "-o", file("s.json")});
  EXPECT_EQ(imported.code, 2);
  EXPECT_NE(imported.text.find("--class mode="), std::string::npos) << imported.text;
  EXPECT_EQ(bootperf({"import", log, "-o", file("s.json"), "--class", "mode"}).code, 2);
}

TEST_F(Import, says_where_it_cannot_write) {
  write("plain", "");
  const Ran imported = bootperf({"import", recording("quiet"), "-o", file("plain") + "/s.json"});
  EXPECT_EQ(imported.code, 2);
  EXPECT_NE(imported.text.find("plain"), std::string::npos) << imported.text;
}

} // namespace
} // namespace bootperf
