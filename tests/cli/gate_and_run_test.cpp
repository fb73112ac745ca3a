#include <gtest/gtest.h>

#include "pretended_launches.h"
#include "session/session.h"

namespace bootperf {
namespace {

TEST_F(Launching, run_hands_its_flags_on) {
  pretend("exit 0\n");
  const Ran run =
      launch({"run",     "--mode", "traced",    "--launches", "7",     "--warmup", "0",
              "--accel", "tcg",    "--memsize", "768",        "--smp", "2",        "--append",
              "a=b c",   "--env",  "X=1",       "--env",      "Y=",    "--jobs",   "2",
              "--rules", "r.yaml", "-o",        "s.json"});
  EXPECT_EQ(run.code, 0) << run.text;
  for (const char *flag :
       {"[--benchmark_filter=^Launch/traced$]", "[--benchmark_repetitions=7]",
        "[--bootperf_warmup=0]", "[--bootperf_accel=tcg]", "[--bootperf_memsize=768]",
        "[--bootperf_smp=2]", "[--bootperf_append=a=b c]", "[--bootperf_env=X=1]",
        "[--bootperf_env=Y=]", "[--bootperf_jobs=2]", "[--bootperf_rules=r.yaml]",
        "[--bootperf_session=s.json]"})
    EXPECT_NE(run.text.find(flag), std::string::npos) << flag;
}

TEST_F(Launching, run_and_gate_take_the_same_flags) {
  pretend("exit 4\n");
  for (const char *verb : {"run", "gate"}) {
    std::vector<std::string> words = {verb,         "--drives", "3",      "--network",
                                      "--deadline", "60",       "--logs", "here"};
    if (words[0] == "gate")
      words.insert(words.end(), {"--thresholds", file("t")});
    const Ran launched = launch(words);
    for (const char *flag : {"[--bootperf_drives=3]", "[--bootperf_network]",
                             "[--bootperf_deadline=60]", "[--bootperf_logs=here]"})
      EXPECT_NE(launched.text.find(flag), std::string::npos) << verb << ' ' << launched.text;
    EXPECT_EQ(launch({verb, "--drives", "0"}).code, 2);
  }
}

TEST_F(Launching, gate_says_the_verdict_first_and_what_was_launched_behind_it) {
  import("1.json", {"traced-1", "traced-2"});
  pretend("echo a timeline\nleave\n");
  const Ran gated = gate({"--no-new-baseline"});
  EXPECT_EQ(gated.code, 4) << gated.text;
  EXPECT_EQ(gated.text.find("a timeline"), std::string::npos) << gated.text;
  EXPECT_LT(gated.text.find("Not measured"), gated.text.find("longest phases")) << gated.text;
  EXPECT_NE(gated.text.find("longest phases"), std::string::npos) << gated.text;
}

TEST_F(Launching, run_hands_exit_codes_back) {
  for (const int code : {0, 2, 4, 130}) {
    pretend("exit " + std::to_string(code) + "\n");
    EXPECT_EQ(launch({"run"}).code, code);
  }
}

TEST_F(Launching, run_says_when_boot_benchmarks_is_missing) {
  const Ran run = launch({"run"});
  EXPECT_EQ(run.code, 2);
  EXPECT_NE(run.text.find("boot_benchmarks"), std::string::npos) << run.text;
}

TEST_F(Launching, run_adds_launches_to_a_session) {
  import("s.json", {"traced-1"});
  import("1.json", {"traced-2", "traced-3"});
  pretend("leave\n");
  const Ran run = launch({"run", "--add", "2", "-o", file("s.json")});
  EXPECT_EQ(run.code, 0) << run.text;
  EXPECT_NE(run.text.find("[--benchmark_filter=^Launch/counted$]"), std::string::npos) << run.text;
  EXPECT_NE(run.text.find("[--benchmark_repetitions=2]"), std::string::npos) << run.text;
  EXPECT_NE(run.text.find("holds 3 launches now"), std::string::npos) << run.text;
  EXPECT_EQ(read_session(file("s.json"))->launches.size(), 3U);
}

TEST_F(Launching, run_adds_only_launches_that_were_made_alike) {
  import("s.json", {"traced-1"});
  pretend("leave\n");
  const std::string before = read(file("s.json"));
  for (const std::vector<std::string> &wrong : std::vector<std::vector<std::string>>{
           {"--add", "2"},
           {"--add", "2", "-o", file("nowhere.json")},
           {"--add", "2", "-o", file("s.json"), "--mode", "quiet"},
           {"--add", "2", "-o", file("s.json"), "--launches", "3"},
           {"--add", "2", "-o", file("s.json"), "--env", "LIBGUESTFS_PATH=/mine"}}) {
    std::vector<std::string> words = wrong;
    words.insert(words.begin(), "run");
    const Ran refused = launch(words);
    EXPECT_EQ(refused.code, 2) << refused.text;
    EXPECT_EQ(read(file("s.json")), before);
  }
}

TEST_F(Launching, gate_launches_counted_and_checks) {
  import("1.json", {"traced-1", "traced-3"});
  import("before.json", {"traced-1", "traced-2", "traced-3"});
  pretend("leave\n");
  ASSERT_EQ(bootperf({"baseline", "update", file("before.json"), "--thresholds", file("t")}).code,
            0);
  const Ran gated = gate({"--launches", "2"});
  EXPECT_NE(gated.text.find("[--benchmark_filter=^Launch/counted$]"), std::string::npos);
  EXPECT_NE(gated.text.find("[--benchmark_repetitions=2]"), std::string::npos);
  EXPECT_NE(gated.text.find("against 3 launches of 1 session"), std::string::npos) << gated.text;
  EXPECT_NE(gated.code, 2) << gated.text;
}

TEST_F(Launching, gate_launches_once_more_when_undecided) {
  import("1.json", {"traced-1", "traced-3"});
  import("2.json", {"traced-2"});
  import("before.json", {"traced-1", "traced-2"}); // too few to decide anything
  pretend("leave\n");
  ASSERT_EQ(bootperf({"baseline", "update", file("before.json"), "--thresholds", file("t")}).code,
            0);
  write("t/policy.yaml", "launches: {wall: 10, counted: 2, counted_most: 3}\n"
                         "gates:\n"
                         "  wall: []\n"
                         "  instructions:\n"
                         "    - {phase: launch, tolerance: 0.001 %}\n");
  const Ran gated = gate();
  EXPECT_EQ(gated.code, 3) << gated.text;
  EXPECT_NE(gated.text.find("[--benchmark_repetitions=1]"), std::string::npos) << gated.text;
  EXPECT_NE(gated.text.find("3 launches against 2 launches"), std::string::npos) << gated.text;
  EXPECT_FALSE(std::filesystem::exists(file("gate.json.more")));
}

/// A policy that names two scenarios.
class TwoScenarios : public Launching {
protected:
  TwoScenarios() { policy("5 %"); }

  void policy(const std::string &tolerance) const {
    write("t/policy.yaml", "scenarios: [Launch/counted, Launch/counted/network]\n"
                           "launches: {wall: 10, counted: 2, counted_most: 3}\n"
                           "gates:\n"
                           "  wall: []\n"
                           "  instructions:\n"
                           "    - {phase: launch, tolerance: " +
                               tolerance + "}\n");
  }

  void baseline(const std::string &scenario, const std::vector<std::string> &logs) const {
    const std::string name = scenario == "Launch/counted" ? "before.json" : "before-too.json";
    import(name, logs, scenario);
    const Ran updated = bootperf({"baseline", "update", file(name), "--thresholds", file("t")});
    ASSERT_EQ(updated.code, 0) << updated.text;
  }
};

constexpr const char *networked = "Launch/counted/network";

TEST_F(TwoScenarios, each_is_launched_and_judged_against_its_own_baseline) {
  import("1.json", {"traced-1", "traced-3"});
  import("2.json", {"traced-1", "traced-2"}, networked);
  pretend("leave\n");
  baseline("Launch/counted", {"traced-1", "traced-2", "traced-3"});
  baseline(networked, {"traced-2", "traced-3"});
  const Ran gated = gate({"--launches", "2"});
  EXPECT_NE(gated.text.find("[--benchmark_filter=^Launch/counted$]"), std::string::npos);
  EXPECT_NE(gated.text.find("[--benchmark_filter=^Launch/counted/network$]"), std::string::npos)
      << gated.text;
  EXPECT_NE(gated.text.find("2 launches against 3 launches"), std::string::npos) << gated.text;
  EXPECT_NE(gated.text.find("2 launches against 2 launches"), std::string::npos) << gated.text;
  const Result<Session> session = read_session(file("gate.json"));
  ASSERT_TRUE(session) << to_text(session.error());
  EXPECT_EQ(session->scenarios.size(), 2U);
  EXPECT_EQ(session->launches.size(), 4U);
}

TEST_F(TwoScenarios, one_without_a_baseline_is_not_measured_with_the_command) {
  import("1.json", {"traced-1", "traced-3"});
  import("2.json", {"traced-1", "traced-2"}, networked);
  pretend("leave\n");
  baseline("Launch/counted", {"traced-1", "traced-2", "traced-3"});
  const Ran gated = gate({"--no-new-baseline", "--launches", "2"});
  EXPECT_EQ(gated.code, 4) << gated.text;
  EXPECT_NE(gated.text.find("no baseline for this class"), std::string::npos) << gated.text;
  EXPECT_NE(gated.text.find("make one: bootperf baseline update"), std::string::npos) << gated.text;
}

TEST_F(TwoScenarios, one_that_was_not_launched_at_all_is_never_a_pass) {
  import("1.json", {"traced-1", "traced-3"});
  pretend("case \"$*\" in *network*) exit 4;; esac; leave\n");
  baseline("Launch/counted", {"traced-1", "traced-2", "traced-3"});
  baseline(networked, {"traced-2", "traced-3"});
  const Ran gated = gate({"--launches", "2"});
  EXPECT_EQ(gated.code, 4) << gated.text;
  EXPECT_NE(gated.text.find("no launch of this scenario was made"), std::string::npos)
      << gated.text;
}

TEST_F(TwoScenarios, each_that_is_undecided_is_launched_once_more) {
  policy("0.001 %");
  import("1.json", {"traced-1", "traced-3"});
  import("2.json", {"traced-1", "traced-2"}, networked);
  import("3.json", {"traced-2"});
  import("4.json", {"traced-3"}, networked);
  pretend("leave\n");
  baseline("Launch/counted", {"traced-1", "traced-2"}); // both too few to decide anything
  baseline(networked, {"traced-2", "traced-3"});
  const Ran gated = gate();
  EXPECT_EQ(gated.code, 3) << gated.text;
  EXPECT_EQ(read_session(file("gate.json"))->launches.size(), 6U) << gated.text;
}

TEST_F(TwoScenarios, a_mode_or_a_scenario_stands_in_place_of_the_policys) {
  pretend("exit 130\n");
  const Ran mode = gate({"--mode", "traced"});
  EXPECT_NE(mode.text.find("[--benchmark_filter=^Launch/traced$]"), std::string::npos);
  EXPECT_NE(mode.text.find("[--benchmark_repetitions=10]"), std::string::npos) << mode.text;
  const Ran scenario = gate({"--scenario", networked});
  EXPECT_NE(scenario.text.find("[--benchmark_filter=^Launch/counted/network$]"), std::string::npos);
  EXPECT_NE(scenario.text.find("[--benchmark_repetitions=2]"), std::string::npos) << scenario.text;
  EXPECT_EQ(gate({"--scenario", networked, "--mode", "quiet"}).code, 2);
}

TEST_F(Launching, run_takes_scenarios_by_name_and_no_expressions) {
  pretend("exit 0\n");
  const Ran both =
      launch({"run", "--scenario", "Launch/counted", "--scenario", networked, "-o", "s.json"});
  EXPECT_NE(both.text.find("[--benchmark_filter=^(Launch/counted|Launch/counted/network)$]"),
            std::string::npos)
      << both.text;
  EXPECT_EQ(launch({"run", "--scenario", "Launch/.*", "-o", "s.json"}).code, 2);
}

TEST_F(Launching, gate_judges_no_session_of_yesterday) {
  import("gate.json", {"traced-1"});
  pretend("exit 4\n");
  const Ran gated = gate({"--force"});
  EXPECT_EQ(gated.code, 4) << gated.text;
  EXPECT_NE(gated.text.find("no launch was made"), std::string::npos) << gated.text;
}

TEST_F(Launching, gate_hands_interruption_and_wrong_usage_back) {
  for (const int code : {2, 130}) {
    pretend("exit " + std::to_string(code) + "\n");
    EXPECT_EQ(gate().code, code);
  }
  pretend("exit 1\n"); // a crash is no regression
  EXPECT_EQ(gate().code, 4);
}

TEST_F(Launching, gate_hands_a_signal_on_once) {
  pretend("trap 'echo stopped >&2; exit 130' TERM; kill -TERM $PPID; "
          "for i in 1 2 3 4 5 6 7 8 9 10; do read -t 1 x < /dev/zero; sleep 1; done; exit 0\n");
  const Ran gated = gate();
  EXPECT_EQ(gated.code, 130) << gated.text;
  EXPECT_NE(gated.text.find("stopped"), std::string::npos);
}

TEST_F(Launching, gate_keeps_json_apart_from_what_launches_print) {
  import("1.json", {"traced-1"});
  pretend("leave\n");
  const Ran gated = ran({"/bin/sh", "-c",
                         file("bootperf") + " gate --launches 1 --format json --thresholds " +
                             file("t") + " -o " + file("gate.json") + " 2>/dev/null"});
  EXPECT_TRUE(gated.text.starts_with("{")) << gated.text;
}

TEST_F(Launching, gate_keeps_what_ended_when_the_recording_of_a_baseline_is_interrupted) {
  import("1.json", {"traced-1", "traced-3"});
  import("2.json", {"traced-2", "traced-1", "traced-3"});
  pretend("leave\n[ $n = 1 ] || exit 130\n");
  const Ran gated = gate({"--new-baseline", "thresholds"});
  EXPECT_EQ(gated.code, 130) << gated.text;
  EXPECT_NE(gated.text.find("18 more launches"), std::string::npos) << gated.text;
  EXPECT_NE(gated.text.find("no baseline was recorded; the 5 finished launches are in"),
            std::string::npos)
      << gated.text;
  EXPECT_EQ(read_session(file("gate.json"))->launches.size(), 5u);
}

TEST_F(Launching, gate_records_no_baseline_of_launches_that_fail) {
  import("1.json", {"traced-1", "traced-3"});
  import("2.json", {"kernel-panic", "kernel-panic", "traced-2"});
  pretend("leave\n");
  const Ran gated = gate({"--new-baseline", "thresholds"});
  EXPECT_EQ(gated.code, 4) << gated.text;
  EXPECT_NE(gated.text.find("2 of 5 launches failed: no baseline was recorded"), std::string::npos)
      << gated.text;
}

TEST_F(Launching, gate_makes_up_for_launches_that_are_missing_and_gives_up_in_the_end) {
  import("1.json", {"traced-1", "traced-3"});
  for (const char *name : {"2.json", "3.json", "4.json"})
    import(name, {"traced-2"});
  pretend("leave\n");
  const Ran gated = gate({"--new-baseline", "thresholds"});
  EXPECT_EQ(gated.code, 4) << gated.text;
  EXPECT_NE(gated.text.find("a baseline takes 20 launches with every gated phase"),
            std::string::npos)
      << gated.text;
  EXPECT_EQ(read_session(file("gate.json"))->launches.size(), 5u);
}

} // namespace
} // namespace bootperf
