#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/golden.h"
#include "report/launch/formats.h"
#include "report/trees.h"

namespace bootperf {
namespace {

using nlohmann::json;

BootLog log_that_ended(bool ok) {
  BootLog log;
  log.end = LaunchEnd{};
  log.end->ok = ok;
  log.end->reason = ok ? "" : "qemu died";
  return log;
}

TEST(LaunchJson, lists_every_phase_with_its_parent) {
  const json document = json::parse(launch_json(log_that_ended(true), small_launch()));
  EXPECT_EQ(document["outcome"], "ok");
  EXPECT_EQ(document["phases"].size(), small_launch().phases.size());
  EXPECT_EQ(document["phases"][0]["name"], "run");
  EXPECT_TRUE(document["phases"][0]["parent"].is_null());
  EXPECT_EQ(document["phases"][3]["name"], "run > launch > qemu");
  EXPECT_EQ(document["phases"][3]["parent"], "run > launch");
  EXPECT_EQ(document["phases"][3]["start_ns"], 50 * ms);
  EXPECT_FALSE(document["phases"][3].contains("instructions"));
  EXPECT_TRUE(document["not_measured"].is_array());
}

TEST(LaunchJson, says_how_a_launch_failed) {
  PhaseTree tree = small_launch();
  tree.last_phase = "run > launch";
  const json document = json::parse(launch_json(log_that_ended(false), tree));
  EXPECT_EQ(document["outcome"], "failed");
  EXPECT_EQ(document["reason"], "qemu died");
  EXPECT_EQ(document["last_phase"], "run > launch");
  BootLog cut;
  cut.cut = true;
  EXPECT_EQ(outcome_word(fate_of(cut)), "cut");
}

TEST(LaunchJson, is_ascii_whatever_the_names_are) {
  const PhaseTree tree = TreeBuilder().add("", "run \033\x7f\xff\xc2\x9b", 0, ms).tree();
  const std::string text = launch_json(log_that_ended(true), tree);
  for (const char byte : text)
    EXPECT_TRUE(byte == '\n' || (byte >= 0x20 && byte < 0x7f)) << int{byte};
  EXPECT_TRUE(json::accept(text));
}

TEST(LaunchesJson, summarises_each_scenario) {
  const PhaseTree first = small_launch();
  const PhaseTree second = small_launch(100);
  Launches launches;
  launches.title = "Launch/traced";
  launches.trees = {&first, &second};
  launches.failed = {{"launch 3", "run", "hung", {}}};
  const json document = json::parse(launches_json({launches}));
  EXPECT_EQ(document["show"], 1);
  const json &scenario = document["scenarios"][0];
  EXPECT_EQ(scenario["name"], "Launch/traced");
  EXPECT_EQ(scenario["launches"], 2);
  EXPECT_EQ(scenario["failed"][0]["reason"], "hung");
  EXPECT_EQ(scenario["phases"][0]["wall_ns"]["mean"], 1050 * ms);
}

TEST(LaunchesJson, knows_no_deviation_of_one_launch) {
  const PhaseTree tree = small_launch();
  Launches launches;
  launches.trees = {&tree};
  const json document = json::parse(launches_json({launches}));
  EXPECT_TRUE(document["scenarios"][0]["phases"][0]["wall_ns"]["standard_deviation"].is_null());
}

TEST(Csv, is_a_phase_a_record) {
  const std::string text = launch_csv(small_launch());
  EXPECT_TRUE(text.starts_with("name,parent,start_ns,wall_ns,self_ns,instructions,"));
  EXPECT_NE(text.find("\r\nrun > launch,run,0,900000000,"), std::string::npos);
  expect_golden("small.csv", text);
}

TEST(Csv, of_several_launches_has_their_means) {
  const PhaseTree first = small_launch();
  const PhaseTree second = small_launch(100);
  Launches launches;
  launches.title = "Launch/traced, \"x\"";
  launches.trees = {&first, &second};
  expect_golden("small-mean.csv", launches_csv({launches}));
}

} // namespace
} // namespace bootperf
