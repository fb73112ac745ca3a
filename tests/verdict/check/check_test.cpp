#include "verdict/check/check.h"

#include <gtest/gtest.h>

#include "verdict/synthetic.h"

namespace bootperf {
namespace {

using synthetic::phase;
using synthetic::policy;
using synthetic::session;
using synthetic::Shape;

const Shape slow_init{.slower = {{"run > launch > /init > udev", 1.2}}, .missing = {}};
const Shape fast_kernel{.slower = {{"run > launch > kernel", 0.9}}, .missing = {}};

std::vector<Baseline> stored(const std::string &mode = "counted",
                             Metric metric = Metric::instructions, int launches = 25,
                             const Shape &shape = {}) {
  return {synthetic::baseline({session("stored", mode, launches, shape)}, "Launch/" + mode, metric,
                              policy())};
}

CheckReport run(const Session &now, const std::vector<Baseline> &baselines,
                const CheckOptions &options = {}) {
  return check_session(now, baselines, policy(), options);
}

TEST(Check, two_unchanged_launches_pass) {
  const CheckReport report = run(session("now", "counted", 2), stored());
  EXPECT_EQ(report.exit, ExitCode::pass);
  const ScenarioCheck &check = report.checks.at(0);
  EXPECT_EQ(check.verdict, Verdict::pass);
  EXPECT_EQ(check.metric, Metric::instructions);
  EXPECT_FALSE(check.advisory);
  EXPECT_TRUE(check.exact);
  EXPECT_EQ(check.permutations, 351u);
  EXPECT_EQ(check.baseline_launches, 25u);
  EXPECT_EQ(check.launches, 2u);
  ASSERT_EQ(check.phases.size(), 4u);
  EXPECT_EQ(check.phases[0].phase, "run > launch"); // in the policy's order
  EXPECT_LT(check.phases[0].smallest_detectable, 0.01);
  EXPECT_TRUE(check.version_differences.empty());
}

TEST(Check, says_how_many_sessions_bound_its_p_values) {
  const auto sessions_of = [](int launches) {
    std::vector<Session> sessions;
    for (const char *id : {"a", "b", "c"})
      sessions.push_back(session(id, "counted", launches));
    return run(session("now", "counted", 2),
               {synthetic::baseline(sessions, "Launch/counted", Metric::instructions, policy())})
        .checks.at(0)
        .spread_sessions;
  };
  EXPECT_EQ(sessions_of(8), 3u);
  EXPECT_EQ(sessions_of(1), 0u); // nothing tells how far the launches of one session vary
  EXPECT_EQ(run(session("now", "counted", 2), stored()).checks.at(0).spread_sessions, 0u);
}

TEST(Check, two_slowed_launches_regress_and_name_the_phase) {
  const CheckReport report = run(session("now", "counted", 2, slow_init), stored());
  EXPECT_EQ(report.exit, ExitCode::regressed);
  EXPECT_EQ(phase(report, "run > launch > /init").verdict, Verdict::regressed);
  EXPECT_EQ(phase(report, "run > launch").verdict, Verdict::regressed);
  EXPECT_EQ(phase(report, "run > launch > kernel").verdict, Verdict::pass);
  EXPECT_NEAR(phase(report, "run > launch > /init").ratio, 530.0 / 470, 0.003);
  EXPECT_LE(phase(report, "run > launch > /init").p_slower, 0.01);
}

TEST(Check, a_faster_phase_is_improved_and_passes_the_build) {
  const CheckReport report = run(session("now", "counted", 2, fast_kernel), stored());
  EXPECT_EQ(report.exit, ExitCode::pass);
  EXPECT_EQ(report.checks[0].verdict, Verdict::improved);
  EXPECT_EQ(phase(report, "run > launch > kernel").verdict, Verdict::improved);
  EXPECT_EQ(phase(report, "run > launch > guestfsd").verdict, Verdict::pass);
}

TEST(Check, a_significant_change_below_tolerance_passes) {
  const Shape little{.slower = {{"run > launch > kernel", 1.005}}, .missing = {}};
  const CheckReport report = run(session("now", "counted", 3, little), stored());
  EXPECT_LE(phase(report, "run > launch > kernel").p_slower, 0.01);
  EXPECT_EQ(phase(report, "run > launch > kernel").verdict, Verdict::pass);
  ASSERT_EQ(report.checks[0].moved.size(), 1u);
  EXPECT_EQ(report.checks[0].moved[0].phase, "run > launch > kernel");
}

TEST(Check, what_moved_less_than_twice_the_spread_of_the_sessions_is_not_told) {
  const auto slower_kernel = [](double factor) {
    return Shape{.slower = {{"run > launch > kernel", factor}}, .missing = {}};
  };
  const std::vector<Baseline> two_sessions = {
      synthetic::baseline({session("one", "counted", 12, slower_kernel(0.997)),
                           session("other", "counted", 12, slower_kernel(1.003))},
                          "Launch/counted", Metric::instructions, policy())};
  const Session now = session("now", "counted", 3, slower_kernel(1.005));
  EXPECT_EQ(run(now, two_sessions).exit, ExitCode::pass);
  EXPECT_TRUE(run(now, two_sessions).checks[0].moved.empty());
}

TEST(Check, a_change_below_the_floor_is_no_regression) {
  Policy with_floor = policy();
  for (Gate &gate : with_floor.instructions)
    gate.floor = 200e6;
  const CheckReport report =
      check_session(session("now", "counted", 2, slow_init), stored(), with_floor, {});
  EXPECT_EQ(phase(report, "run > launch > /init").verdict, Verdict::pass); // 60 million slower
  EXPECT_EQ(report.exit, ExitCode::pass);
}

TEST(Check, noise_wider_than_the_tolerance_is_inconclusive_and_says_what_it_could_have_seen) {
  const Shape noisy{.slower = {}, .spread = 0.2, .missing = {}};
  const CheckReport report =
      run(session("now", "counted", 3, noisy), stored("counted", Metric::instructions, 25, noisy));
  EXPECT_EQ(report.exit, ExitCode::inconclusive);
  EXPECT_FALSE(undecided(report).empty());
  const PhaseVerdict &kernel = phase(report, "run > launch > kernel");
  EXPECT_EQ(kernel.verdict, Verdict::inconclusive);
  EXPECT_GT(kernel.smallest_detectable, 0.1);
  EXPECT_NE(kernel.reason.find("smallest detectable change"), std::string::npos) << kernel.reason;
}

TEST(Check, too_few_launches_to_reject_anything_say_how_many_are_needed) {
  const CheckReport report =
      run(session("now", "counted", 2, slow_init), stored("counted", Metric::instructions, 10));
  EXPECT_EQ(report.exit, ExitCode::inconclusive);
  EXPECT_FALSE(undecided(report).empty());
  const std::string &reason = phase(report, "run > launch > /init").reason;
  EXPECT_NE(reason.find("needs 1 more launch"), std::string::npos) << reason;
  const CheckReport third =
      run(session("now", "counted", 3, slow_init), stored("counted", Metric::instructions, 10));
  EXPECT_EQ(third.exit, ExitCode::regressed);
  EXPECT_TRUE(undecided(third).empty());
}

TEST(Check, no_baseline_is_not_measured_and_gives_the_command) {
  CheckOptions options;
  options.directory = "my thresholds";
  options.session_path = "out/s.json";
  const CheckReport report = run(session("now", "counted", 2), {}, options);
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_NE(report.checks[0].reason.find(
                "bootperf baseline update out/s.json --thresholds 'my thresholds'"),
            std::string::npos)
      << report.checks[0].reason;
  EXPECT_TRUE(report.checks[0].without_baseline);
  options.name_update_command = false; // of a caller that makes one itself
  EXPECT_EQ(run(session("now", "counted", 2), {}, options)
                .checks[0]
                .reason.find("bootperf baseline update"),
            std::string::npos);
}

TEST(Check, another_class_is_not_measured_and_names_the_key) {
  Session now = session("now", "counted", 2);
  now.scenarios[0].keys["qemu"] = "7.2.23";
  const CheckReport report = run(now, stored());
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  ASSERT_EQ(report.checks[0].class_differences.size(), 1u);
  EXPECT_EQ(report.checks[0].class_differences[0].key, "qemu");
  EXPECT_NE(report.checks[0].reason.find("qemu: 7.2.22 → 7.2.23"), std::string::npos);
}

TEST(Check, the_subject_is_no_part_of_the_class) {
  Session now = session("now", "counted", 2);
  now.scenarios[0].keys["qemu"] = "7.2.23";
  Policy qemu = policy();
  qemu.subject = {"qemu"};
  EXPECT_EQ(check_session(now, stored(), qemu, {}).exit, ExitCode::pass);
}

TEST(Check, another_host_changes_nothing_for_instructions) {
  Session now = session("now", "counted", 2);
  now.scenarios[0].keys["cpu_model"] = "another CPU";
  now.scenarios[0].keys["os"] = "ubuntu-24.04";
  EXPECT_EQ(run(now, stored()).exit, ExitCode::pass);
}

TEST(Check, two_baselines_of_one_class_are_a_mistake_that_is_named) {
  std::vector<Baseline> two = stored();
  two.push_back(two[0]);
  const CheckReport report = run(session("now", "counted", 2), two);
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_NE(report.checks[0].reason.find("remove one"), std::string::npos);
}

TEST(Check, a_missing_gated_phase_is_never_a_pass_but_the_others_are_judged) {
  const Shape lost{.slower = {}, .missing = {"run > launch > guestfsd"}};
  const CheckReport report = run(session("now", "counted", 2, lost), stored());
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_TRUE(undecided(report).empty());
  EXPECT_EQ(phase(report, "run > launch > guestfsd").verdict, Verdict::not_measured);
  EXPECT_EQ(phase(report, "run > launch > guestfsd").reason,
            "measured in 0 of 2 launches of this session");
  EXPECT_EQ(phase(report, "run > launch > kernel").verdict, Verdict::pass);
}

TEST(Check, a_regression_goes_before_a_missing_phase) {
  Shape both = slow_init;
  both.missing = {"run > launch > guestfsd"};
  EXPECT_EQ(run(session("now", "counted", 2, both), stored()).exit, ExitCode::regressed);
}

TEST(Check, a_phase_the_baseline_lacks_is_not_measured) {
  const Shape lost{.slower = {}, .missing = {"run > launch > guestfsd"}};
  const CheckReport report =
      run(session("now", "counted", 2), stored("counted", Metric::instructions, 25, lost));
  EXPECT_EQ(phase(report, "run > launch > guestfsd").reason,
            "measured in 0 of 25 launches of the baseline");
}

TEST(Check, a_gate_that_names_no_phase_is_not_measured) {
  Policy odd = policy();
  odd.instructions[0].phase = "no such phase";
  const CheckReport report = check_session(session("now", "counted", 2), stored(), odd, {});
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_EQ(phase(report, "no such phase").verdict, Verdict::not_measured);
}

TEST(Check, failed_launches_beyond_the_policy_are_not_measured) {
  Session now = session("now", "counted", 2);
  now.launches.push_back(synthetic::failed("Launch/counted"));
  const CheckReport report = run(now, stored()); // a third of them
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_EQ(report.checks[0].failed_launches, 1u);
  EXPECT_EQ(report.checks[0].reason, "1 of 3 launches failed, past the policy's limit of 20 %; the "
                                     "first: run > launch > kernel: hung");
  Policy patient = policy();
  patient.failed_launches = 0.5;
  EXPECT_EQ(check_session(now, stored(), patient, {}).exit, ExitCode::pass);
}

TEST(Check, warm_ups_are_no_samples) {
  Session now = session("now", "counted", 2);
  for (Launch &launch : now.launches)
    launch.warmup = true;
  const CheckReport report = run(now, stored());
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_EQ(report.checks[0].launches, 0u);
}

TEST(Check, wall_time_of_another_session_is_advisory) {
  const CheckReport report =
      run(session("now", "quiet", 5, slow_init), stored("quiet", Metric::wall, 10));
  EXPECT_EQ(report.checks[0].metric, Metric::wall);
  EXPECT_TRUE(report.checks[0].advisory);
  EXPECT_EQ(report.checks[0].verdict, Verdict::regressed); // shown
  EXPECT_EQ(report.exit, ExitCode::inconclusive);          // but it decides nothing
  EXPECT_NE(report.reason.find("advisory"), std::string::npos);
  EXPECT_TRUE(undecided(report).empty());
}

TEST(Check, wall_time_of_the_same_session_decides) {
  CheckOptions same;
  same.same_session = true;
  const auto baselines = stored("quiet", Metric::wall, 10);
  EXPECT_EQ(run(session("now", "quiet", 5, slow_init), baselines, same).exit, ExitCode::regressed);
  EXPECT_EQ(run(session("now", "quiet", 5), baselines, same).exit, ExitCode::pass);
}

/// What a claim that these were made moments before comes to.
ScenarioCheck claimed_same(const Session &now, const std::vector<Baseline> &baselines) {
  CheckOptions same;
  same.same_session = true;
  const CheckReport report = run(now, baselines, same);
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  return report.checks.at(0);
}

TEST(Check, wall_time_of_another_host_is_not_of_the_same_session) {
  const auto baselines = stored("quiet", Metric::wall, 10);
  Session now = session("now", "quiet", 5);
  now.host["name"] = "elsewhere";
  EXPECT_NE(claimed_same(now, baselines).reason.find("this one on elsewhere"), std::string::npos);
}

TEST(Check, wall_time_of_another_time_is_not_of_the_same_session) {
  const auto baselines = stored("quiet", Metric::wall, 10);
  Session now = session("now", "quiet", 5);
  for (const char *when :
       {"2026-11-23T20:42:46Z", "2026-11-22T22:00:00Z", "2026-11-21T23:59:59Z"}) {
    now.created = when;
    EXPECT_NE(claimed_same(now, baselines).reason.find("apart"), std::string::npos) << when;
  }
}

TEST(Check, the_baselines_own_session_is_not_checked_against_it) {
  const auto baselines = stored("quiet", Metric::wall, 10);
  Session own = session(baselines[0].sessions[0].id, "quiet", 10);
  EXPECT_NE(claimed_same(own, baselines).reason.find("this very session"), std::string::npos);
  own.id = "a copy";
  EXPECT_NE(claimed_same(own, baselines).reason.find("this very session"), std::string::npos);
}

TEST(Check, wall_time_without_a_baseline_alone_is_not_measured) {
  const CheckReport report = run(session("now", "quiet", 5), {});
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_NE(report.reason.find("baseline update"), std::string::npos) << report.reason;
}

TEST(Check, what_is_advisory_does_not_spoil_what_decides) {
  Session now = session("now", "counted", 2);
  synthetic::add_scenario(now, "quiet", 5, slow_init);
  const CheckReport report = run(now, stored());
  EXPECT_EQ(report.checks.size(), 2u);
  EXPECT_EQ(report.exit, ExitCode::pass);
}

TEST(Check, what_measures_no_gated_phase_spoils_what_decides) {
  Session now = session("now", "counted", 2);
  synthetic::add_scenario(now, "quiet", 5, {});
  for (Launch &launch : now.launches)
    if (launch.scenario == "Launch/quiet")
      launch.phases.phases.resize(1);
  const CheckReport report = run(now, stored());
  EXPECT_EQ(report.exit, ExitCode::not_measured);
  EXPECT_NE(report.checks.at(1).reason.find("none of the phases"), std::string::npos);
}

TEST(Check, a_mode_that_nothing_gates_decides_nothing) {
  Session now = session("now", "initcalls", 2);
  Policy counted_only = policy();
  counted_only.wall.clear();
  EXPECT_EQ(check_session(now, {}, counted_only, {}).exit, ExitCode::not_measured);
  synthetic::add_scenario(now, "counted", 2, {});
  EXPECT_EQ(check_session(now, stored(), counted_only, {}).exit, ExitCode::pass);
}

TEST(Check, an_empty_session_is_not_measured) {
  EXPECT_EQ(run(Session{}, stored()).exit, ExitCode::not_measured);
}

TEST(Check, the_metric_can_be_chosen) {
  CheckOptions options;
  options.metric = Metric::wall;
  options.same_session = true;
  const CheckReport report =
      run(session("now", "counted", 5), stored("counted", Metric::wall, 10), options);
  EXPECT_EQ(report.checks[0].metric, Metric::wall);
  EXPECT_EQ(report.exit, ExitCode::pass);
}

TEST(Check, versions_that_differ_are_listed_but_do_not_bar) {
  Session now = session("now", "counted", 2);
  now.scenarios[0].versions["package:bash"] = "5.3";
  now.scenarios[0].versions["package:new"] = "1";
  now.scenarios[0].versions.erase("libguestfs");
  const CheckReport report = run(now, stored());
  EXPECT_EQ(report.exit, ExitCode::pass);
  const auto &found = report.checks[0].version_differences;
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].what + found[0].baseline + found[0].current, "libguestfs1.48.6");
  EXPECT_EQ(found[1].what + found[1].baseline + found[1].current, "package:bash5.25.3");
  EXPECT_EQ(found[2].what + found[2].baseline + found[2].current, "package:new1");
}

TEST(Check, the_seed_in_the_session_reproduces_the_verdict) {
  CheckOptions same;
  same.same_session = true;
  same.max_assignments = 1000; // fewer than there are: they are drawn
  const Shape noisy{.slower = {}, .spread = 0.1, .missing = {}};
  const auto baselines = stored("quiet", Metric::wall, 15, noisy);
  Session now = session("now", "quiet", 12, noisy);
  const auto p = [&] { return run(now, baselines, same).checks[0].phases[1].p_slower; };
  const CheckReport report = run(now, baselines, same);
  EXPECT_FALSE(report.checks[0].exact);
  EXPECT_EQ(report.seed, 5u);
  const double first = p();
  EXPECT_EQ(p(), first);
  now.seed = 6;
  EXPECT_NE(p(), first);
}

} // namespace
} // namespace bootperf
