#include "session/collect.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

BootLog good_log() {
  BootLog log;
  log.environment = {{"mode", "counted"},      {"arch", "x86_64"}, {"qemu", "7.2.22"},
                     {"libguestfs", "1.48.6"}, {"memsize", ""},    {"package:bash", "5.2"},
                     {"unrelated", "value"},   {"machine", "q35"}};
  log.end = LaunchEnd{};
  log.end->ok = true;
  log.end->host_cpu_ns = 7;
  log.end->peak_memory_bytes = 9;
  return log;
}

PhaseTree phases() {
  Phase run;
  run.id = run.name = "run";
  run.wall_ns = 100;
  Phase launch;
  launch.id = "run > launch";
  launch.name = "launch";
  launch.parent = 0;
  launch.wall_ns = 80;
  launch.instructions = 1234;
  PhaseTree tree;
  tree.phases = {run, launch};
  return tree;
}

TEST(Collect, a_launch_is_as_long_as_its_launch_phase) {
  const Launch launch = to_launch(good_log(), phases(), {.scenario = "Launch/counted"});
  EXPECT_TRUE(launch.is_sample());
  EXPECT_EQ(launch.scenario, "Launch/counted");
  EXPECT_EQ(launch.subject, "head");
  EXPECT_EQ(launch.wall_ns, 80);
  EXPECT_EQ(launch.instructions, 1234u);
  EXPECT_EQ(launch.host_cpu_ns, 7);
  EXPECT_EQ(launch.peak_memory_bytes, 9);
  EXPECT_EQ(launch.phases.phases.size(), 2u);
  EXPECT_TRUE(launch.last_lines.empty());
}

TEST(Collect, a_failed_launch_keeps_its_last_words_escaped) {
  BootLog log = good_log();
  log.end->ok = false;
  log.end->reason = "deadline of 300 s reached";
  std::string console;
  for (int i = 0; i < 30; ++i)
    console += "line " + std::to_string(i) + "\n";
  console += "panic \x1b[31m\n";
  log.events.push_back({1, Source::appliance, console, {}});
  log.events.push_back({2, Source::library, "not of the console", {}});
  PhaseTree tree = phases();
  tree.last_phase = "run > launch";
  const Launch launch = to_launch(log, tree, {.scenario = "Launch/traced"});
  EXPECT_FALSE(launch.is_sample());
  EXPECT_EQ(launch.failure, "deadline of 300 s reached");
  EXPECT_EQ(launch.failure_phase, "run > launch");
  ASSERT_EQ(launch.last_lines.size(), max_last_lines);
  EXPECT_EQ(launch.last_lines.front(), "line 11");
  EXPECT_TRUE(launch.last_lines.back().starts_with("panic "));
  EXPECT_EQ(launch.last_lines.back().find('\x1b'), std::string::npos);
}

TEST(Collect, a_log_without_an_end_still_says_why_it_failed) {
  BootLog log = good_log();
  log.end.reset();
  log.cut = true;
  const Launch launch = to_launch(log, {}, {.scenario = "Launch/traced"});
  EXPECT_FALSE(launch.ok);
  EXPECT_NE(launch.failure.find("killed"), std::string::npos);
  EXPECT_EQ(launch.wall_ns, 0);
}

TEST(Collect, a_rebuilt_appliance_counts_only_in_the_cold_scenario) {
  BootLog log = good_log();
  log.end->appliance_rebuilt = true;
  EXPECT_FALSE(to_launch(log, phases(), {.scenario = "Launch/traced"}).is_sample());
  EXPECT_TRUE(to_launch(log, phases(), {.scenario = "Launch/cold", .cold = true}).is_sample());
}

TEST(Collect, a_warm_up_is_no_sample) {
  EXPECT_FALSE(to_launch(good_log(), phases(), {.scenario = "x", .warmup = true}).is_sample());
}

TEST(Collect, a_launch_that_was_asked_for_its_symbols_is_no_sample) {
  BootLog log = good_log();
  log.environment["asked"] = "symbols";
  const Launch launch = to_launch(log, phases(), {.scenario = "x"});
  EXPECT_TRUE(launch.ok);
  EXPECT_FALSE(launch.is_sample());
}

TEST(Collect, a_scenario_has_the_keys_and_versions_that_the_log_knows) {
  const Scenario scenario = scenario_from(good_log(), "Launch/counted");
  EXPECT_EQ(scenario.name, "Launch/counted");
  EXPECT_EQ(scenario.mode, "counted");
  EXPECT_FALSE(scenario.cold);
  const std::map<std::string, std::string> keys = {
      {"arch", "x86_64"}, {"machine", "q35"}, {"qemu", "7.2.22"}};
  EXPECT_EQ(scenario.keys, keys);
  const std::map<std::string, std::string> versions = {
      {"libguestfs", "1.48.6"}, {"package:bash", "5.2"}, {"qemu", "7.2.22"}};
  EXPECT_EQ(scenario.versions, versions);
}

} // namespace
} // namespace bootperf
