#include "verdict/compare/likeness.h"

#include <gtest/gtest.h>

#include "verdict/compare/compare.h"
#include "verdict/samples/blocks.h"
#include "verdict/synthetic.h"

namespace bootperf {
namespace {

/// Unchanged launches of which head's have another value for a key.
Session differing(const std::string &key, const std::string &value,
                  const std::string &mode = "traced") {
  Session session =
      paired(synthetic::session("a", mode, 25), synthetic::session("b", mode, 25)).value();
  for (Scenario &scenario : session.scenarios)
    if (scenario.subject == "head")
      scenario.keys[key] = value;
  return session;
}

CheckReport compare(const Session &session, const Policy &policy = synthetic::policy()) {
  return compare_session(session, policy, {});
}

TEST(Likeness, what_is_not_the_subject_has_to_be_equal) {
  for (const auto &[key, value] : {std::pair("cpu_model", "another CPU"),
                                   {"accel", "kvm"},
                                   {"kernel", "6.12"},
                                   {"qemu", "10.0"}}) {
    const CheckReport report = compare(differing(key, value));
    EXPECT_EQ(report.exit, ExitCode::not_measured) << key;
    EXPECT_NE(report.checks.at(0).reason.find(key), std::string::npos) << report.checks[0].reason;
  }
  EXPECT_EQ(compare(differing("accel", "tcg")).exit, ExitCode::pass);
}

TEST(Likeness, counts_do_not_mind_the_hosts_cpu) {
  EXPECT_EQ(compare(differing("cpu_model", "another CPU", "counted")).exit, ExitCode::pass);
  EXPECT_EQ(compare(differing("qemu", "10.0", "counted")).exit, ExitCode::not_measured);
}

TEST(Likeness, a_variable_that_differs_names_the_subject) {
  Session session = differing("qemu", "10.0");
  session.comparison->head.environment["LIBGUESTFS_HV"] = "/opt/qemu";
  EXPECT_EQ(compare(session).exit, ExitCode::pass);
  session.comparison->base.environment = session.comparison->head.environment;
  EXPECT_EQ(compare(session).exit, ExitCode::not_measured) << "it is the same on both sides";
}

TEST(Likeness, a_network_of_its_own_is_the_subject) {
  Session session = differing("network", "yes", "counted");
  EXPECT_EQ(compare(session).exit, ExitCode::not_measured);
  session.comparison->head.appliance["network"] = "yes";
  EXPECT_EQ(compare(session).exit, ExitCode::pass);
  session.comparison->base.appliance["network"] = "yes";
  EXPECT_EQ(compare(session).exit, ExitCode::not_measured) << "it is the same on both sides";
  Session smp = differing("smp", "2", "counted");
  smp.comparison->head.appliance["network"] = "yes";
  EXPECT_EQ(compare(smp).exit, ExitCode::not_measured) << "it names something else";
}

TEST(Likeness, no_variable_names_the_host) {
  EXPECT_TRUE(may_change("SUPERMIN_KERNEL", "kernel"));
  EXPECT_TRUE(may_change("LD_LIBRARY_PATH", "memsize"));
  EXPECT_FALSE(may_change("LIBGUESTFS_APPEND", "kernel"));
  for (const char *key : {"accel", "cpu_model", "os"})
    EXPECT_FALSE(may_change("LD_LIBRARY_PATH", key)) << key;
}

TEST(Likeness, the_policy_names_the_subject) {
  Policy policy = synthetic::policy();
  policy.subject = {"kernel"};
  EXPECT_EQ(compare(differing("kernel", "6.12"), policy).exit, ExitCode::pass);
}

TEST(Likeness, wall_time_of_two_sessions_is_advisory) {
  const Session session =
      paired(synthetic::session("a", "traced", 25), synthetic::session("b", "traced", 25)).value();
  CompareOptions apart;
  apart.recorded_apart = true;
  const CheckReport report = compare_session(session, synthetic::policy(), apart);
  EXPECT_TRUE(report.checks.at(0).advisory);
  EXPECT_EQ(report.checks[0].verdict, Verdict::pass) << "it is shown";
  EXPECT_EQ(report.exit, ExitCode::inconclusive);
  const Session counted =
      paired(synthetic::session("a", "counted", 25), synthetic::session("b", "counted", 25))
          .value();
  EXPECT_EQ(compare_session(counted, synthetic::policy(), apart).exit, ExitCode::pass);
}

} // namespace
} // namespace bootperf
