#include "cli/named_functions.h"

#include <gtest/gtest.h>

#include "bootperf_program.h"
#include "cli/kept_profiles.h"
#include "profile/profiles.h"
#include "verdict/baseline/committed_profile.h"

namespace bootperf {
namespace {

Scenario scenario_of(const std::string &subject) {
  Scenario scenario;
  scenario.name = "Launch/counted";
  scenario.mode = "counted";
  scenario.keys = {{"arch", "x"}};
  scenario.subject = subject;
  return scenario;
}

/// A check whose launch regressed by work, against a baseline in a directory of thresholds.
class NamedFunctionsOfACheck : public InDirectory {
protected:
  NamedFunctionsOfACheck() {
    session.id = "20261128T110000Z-00000001";
    session.environment = {{"LIBGUESTFS_PATH", "/my/appliance"}};
    session.scenarios = {scenario_of("head")};
    baseline.file = file("x.instructions.yaml");
    baseline.machine_class = {Metric::instructions,
                              {{"arch", "x"}, {"mode", "counted"}, {"scenario", "Launch/counted"}}};
    ScenarioCheck check;
    check.scenario = "Launch/counted";
    check.metric = Metric::instructions;
    check.verdict = Verdict::regressed;
    check.baseline_file = baseline.file;
    PhaseVerdict phase;
    phase.phase = "run > launch";
    phase.verdict = Verdict::regressed;
    phase.baseline_mean = 100;
    phase.current_mean = 150;
    check.phases = {phase};
    report.checks = {check};
    report.exit = ExitCode::regressed;
  }

  static Profile profile(std::uint64_t memset) {
    Profile made = testing::profile_of({{"run > launch", "vmlinux", "memset", {memset}}});
    made.environment = {{"arch", "x"}, {"mode", "counted"}};
    return made;
  }

  void commit() const {
    ASSERT_TRUE(committed_form(profile(100)));
    write("x.profile.json", *committed_form(profile(100)));
  }

  /// A launcher that counts its launches.
  ProfiledSubject launching(Result<Profile> result) {
    return [this, result](const std::string &subject, const Scenario &) {
      launched.push_back(subject);
      return result;
    };
  }

  void name(const ProfiledSubject &launch) {
    name_functions_of_check(report, session, {baseline}, Policy{}, "my thresholds", launch);
  }

  const ScenarioCheck &check() const { return report.checks[0]; }
  const std::string &hint() const { return check().functions_hint; }

  Session session;
  Baseline baseline;
  CheckReport report;
  std::vector<std::string> launched;
};

TEST_F(NamedFunctionsOfACheck, come_from_one_launch_and_the_committed_profile) {
  commit();
  name(launching(profile(150)));
  EXPECT_EQ(launched, std::vector<std::string>{"head"});
  EXPECT_EQ(hint(), "");
  ASSERT_TRUE(check().phases[0].functions);
  EXPECT_EQ(check().phases[0].functions->functions.at(0).name, "memset");
  EXPECT_EQ(report.exit, ExitCode::regressed);
}

TEST_F(NamedFunctionsOfACheck, take_no_launch_without_a_committed_profile_and_say_how_to_get_it) {
  name(launching(profile(150)));
  EXPECT_TRUE(launched.empty());
  EXPECT_EQ(hint(), "which functions is not known: no profile is committed beside the baseline; of "
                    "a build as it was before, `bootperf baseline profile --thresholds 'my "
                    "thresholds'` makes one");
}

TEST_F(NamedFunctionsOfACheck, take_no_launch_with_a_committed_profile_of_another_build) {
  commit();
  BaselineSession before;
  before.launches = {{{"run > launch", 101}}};
  baseline.sessions = {before};
  name(launching(profile(150)));
  EXPECT_TRUE(launched.empty());
  EXPECT_NE(hint().find("of another build than the baseline"), std::string::npos) << hint();
}

TEST_F(NamedFunctionsOfACheck, say_how_the_scenario_is_launched) {
  session.scenarios[0].keys.insert({{"network", "yes"}, {"memsize", "2048"}, {"smp", "1"}});
  name(launching(profile(150)));
  EXPECT_NE(hint().find("baseline profile --thresholds 'my thresholds' --memsize 2048 --network`"),
            std::string::npos)
      << hint();
}

TEST_F(NamedFunctionsOfACheck, take_no_launch_with_a_committed_profile_that_is_damaged) {
  write("x.profile.json", "{}");
  name(launching(profile(150)));
  EXPECT_TRUE(launched.empty());
  EXPECT_NE(hint().find("x.profile.json"), std::string::npos) << hint();
}

TEST_F(NamedFunctionsOfACheck, say_the_command_where_nothing_may_be_launched) {
  commit();
  name(launches_nothing);
  EXPECT_EQ(hint(), "which functions: `bootperf profile --diff " + file("x.profile.json") +
                        " --env LIBGUESTFS_PATH=/my/appliance` makes the launches that tell");
}

TEST_F(NamedFunctionsOfACheck, change_no_verdict_when_the_launch_fails) {
  commit();
  name(launching(fail(ErrorKind::interrupted, "interrupted")));
  EXPECT_NE(hint().find("no profile of head: interrupted; `bootperf profile --diff "),
            std::string::npos)
      << hint();
  EXPECT_EQ(report.exit, ExitCode::regressed);
  EXPECT_EQ(check().verdict, Verdict::regressed);
  EXPECT_FALSE(check().phases[0].functions);
}

TEST_F(NamedFunctionsOfACheck, take_no_launch_where_work_did_not_regress) {
  commit();
  report.checks[0].verdict = report.checks[0].phases[0].verdict = Verdict::pass;
  name(launching(profile(150)));
  report.checks[0].verdict = report.checks[0].phases[0].verdict = Verdict::regressed;
  report.checks[0].phases[0].waiting = true;
  name(launching(profile(150)));
  EXPECT_TRUE(launched.empty());
  EXPECT_EQ(hint(), "");
}

TEST_F(NamedFunctionsOfACheck, are_known_later_by_the_profile_that_was_kept) {
  commit();
  name(keeping(launching(profile(150)), file("gate.json"), session));
  EXPECT_TRUE(std::filesystem::exists(file("gate.profiles/head.json.gz")));
  report.checks[0].phases[0].functions.reset();
  name(kept_profiles(file("gate.json"), session));
  EXPECT_TRUE(check().phases[0].functions);
  EXPECT_EQ(launched.size(), 1u);
}

TEST_F(NamedFunctionsOfACheck, of_a_scenario_with_a_network_are_kept_apart_and_launched_with_one) {
  commit();
  session.scenarios[0].name = report.checks[0].scenario = "Launch/counted/network";
  session.scenarios[0].keys["network"] = "yes";
  name(launches_nothing);
  EXPECT_NE(hint().find(" --network` makes the launches that tell"), std::string::npos) << hint();
  name(keeping(launching(profile(150)), file("gate.json"), session));
  EXPECT_TRUE(std::filesystem::exists(file("gate.profiles/head-network.json.gz")));
  report.checks[0].phases[0].functions.reset();
  name(kept_profiles(file("gate.json"), session));
  EXPECT_TRUE(check().phases[0].functions);
  EXPECT_EQ(launched.size(), 1u);
}

TEST_F(NamedFunctionsOfACheck, are_not_taken_from_the_profile_of_another_session) {
  commit();
  name(keeping(launching(profile(150)), file("gate.json"), session));
  report.checks[0].phases[0].functions.reset();
  session.id = "20261128T120000Z-00000002";
  name(kept_profiles(file("gate.json"), session));
  EXPECT_FALSE(check().phases[0].functions);
  EXPECT_NE(hint(), "");
}

TEST_F(NamedFunctionsOfACheck, are_known_though_the_profile_cannot_be_kept) {
  commit();
  write("gate.profiles", "a file where the directory would be");
  name(keeping(launching(profile(150)), file("gate.json"), session));
  EXPECT_TRUE(check().phases[0].functions);
}

class NamedFunctionsOfAComparison : public NamedFunctionsOfACheck {
protected:
  NamedFunctionsOfAComparison() {
    session.comparison = Comparison{.base = {"v1", {{"LIBGUESTFS_HV", "/opt/a b"}}},
                                    .head = {"v2", {{"LIBGUESTFS_PATH", "/mine"}}},
                                    .arguments = {}};
    session.scenarios = {scenario_of("base"), scenario_of("head")};
  }
};

TEST_F(NamedFunctionsOfAComparison, come_from_one_launch_of_each_side) {
  name_functions_of_comparison(
      report, session, [&](const std::string &subject, const Scenario &) -> Result<Profile> {
        launched.push_back(subject);
        return profile(subject == "base" ? 100 : 150);
      });
  EXPECT_EQ(launched, (std::vector<std::string>{"base", "head"}));
  ASSERT_TRUE(check().phases[0].functions);
  EXPECT_DOUBLE_EQ(check().phases[0].functions->change(), 50);
}

TEST_F(NamedFunctionsOfAComparison, say_both_commands_where_nothing_may_be_launched) {
  name_functions_of_comparison(report, session, launches_nothing);
  EXPECT_EQ(hint(), "which functions: `bootperf profile --record base.json.gz --env "
                    "'LIBGUESTFS_HV=/opt/a b'`, then `bootperf profile --diff base.json.gz --env "
                    "LIBGUESTFS_PATH=/mine`");
}

TEST_F(NamedFunctionsOfAComparison, say_what_of_the_appliance_is_a_subject_s_own) {
  session.scenarios[1].keys["smp"] = "4";
  session.scenarios[1].keys["network"] = "yes";
  name_functions_of_comparison(report, session, launches_nothing);
  EXPECT_NE(hint().find("--env LIBGUESTFS_PATH=/mine --smp 4 --network`"), std::string::npos)
      << hint();
  EXPECT_NE(hint().find("'LIBGUESTFS_HV=/opt/a b'`"), std::string::npos) << hint();
}

TEST_F(NamedFunctionsOfAComparison, end_with_the_side_that_fails) {
  name_functions_of_comparison(report, session,
                               launching(fail(ErrorKind::not_measured, "the launch failed: hung")));
  EXPECT_EQ(launched, std::vector<std::string>{"base"});
  EXPECT_NE(hint().find("no profile of base: the launch failed: hung"), std::string::npos)
      << hint();
}

TEST(ProfiledDeadline, is_bound_by_the_launches_that_were_made_and_by_what_was_asked) {
  Session session;
  EXPECT_EQ(profiled_deadline(session, std::chrono::seconds(300)), std::chrono::seconds(30));
  session.launches.resize(2);
  session.launches[1].wall_ns = 20'000'000'000;
  EXPECT_EQ(profiled_deadline(session, std::chrono::seconds(300)), std::chrono::seconds(80));
  EXPECT_EQ(profiled_deadline(session, std::chrono::seconds(60)), std::chrono::seconds(60));
}

} // namespace
} // namespace bootperf
