#include "verdict/baseline/baseline.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "verdict/synthetic.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

Baseline example() {
  Baseline baseline;
  baseline.machine_class = {
      Metric::instructions,
      {{"scenario", "Launch/counted"}, {"qemu", "7.2"}, {"append", "a: #\n"}}};
  baseline.scenario = "Launch/counted";
  baseline.updated = "2026-11-22";
  baseline.accepted = {{"2026-11-01", "udev rules \"grew\": \\ intended"}};
  const std::map<std::string, std::string> versions = {{"package:bash", "5.2"}, {"qemu", "yes"}};
  baseline.sessions = {
      {"s1",
       "2026-11-20",
       "abc",
       versions,
       {{{"run > launch", 2579000001}, {"a > /init", 5}}, {{"run > launch", 2579000002.5}}}},
      {"s2", "2026-11-21", "", versions, {{{"run > launch", 1}}}},
      {"s3", "2026-11-22", "", {}, {{{"run > launch", 1}}}}};
  return baseline;
}

std::string baseline_error(const std::string &yaml) {
  const Result<Baseline> baseline = parse_baseline(yaml, "b.yaml");
  return baseline ? "no error" : to_text(baseline.error());
}

TEST(Baseline, comes_back_as_it_was_written) {
  const Baseline before = example();
  const Result<Baseline> after = parse_baseline(to_yaml(before), "b.yaml");
  ASSERT_TRUE(after) << to_text(after.error()) << to_yaml(before);
  EXPECT_EQ(after->file, "b.yaml");
  EXPECT_EQ(after->machine_class, before.machine_class);
  EXPECT_EQ(after->scenario, "Launch/counted");
  EXPECT_EQ(after->accepted[0].reason, before.accepted[0].reason);
  ASSERT_EQ(after->sessions.size(), 3u);
  EXPECT_EQ(after->sessions[0].launches, before.sessions[0].launches);
  EXPECT_EQ(after->sessions[1].versions, before.sessions[0].versions);
  EXPECT_TRUE(after->sessions[2].versions.empty());
  EXPECT_EQ(after->launches(), 4u);
  EXPECT_EQ(to_yaml(*after), to_yaml(before));
}

TEST(Baseline, times_waited_come_back_zero_included) {
  Baseline before = example();
  before.sessions[0].launches[0][{"run > launch", Quantity::waiting}] = 926000001;
  before.sessions[0].launches[1][{"run > launch", Quantity::waiting}] = 0;
  before.sessions[0].launches[1][{"run > launch", Quantity::host_waiting}] = 44000000;
  const std::string yaml = to_yaml(before);
  EXPECT_NE(yaml.find("    host_waiting:\n      run > launch: [~, 44000000]\n"), std::string::npos);
  EXPECT_NE(yaml.find("    waiting:\n      run > launch: [926000001, 0]\n"), std::string::npos);
  const Result<Baseline> after = parse_baseline(yaml, "b.yaml");
  ASSERT_TRUE(after) << to_text(after.error());
  EXPECT_EQ(after->sessions[0].launches, before.sessions[0].launches);
}

TEST(Baseline, is_written_for_people_and_small_differences) {
  const std::string yaml = to_yaml(example());
  EXPECT_NE(yaml.find("  qemu: \"7.2\"\n"), std::string::npos) << yaml; // else a number
  EXPECT_NE(yaml.find("    launches: 2\n    values:\n      a > /init: [5, ~]\n"
                      "      run > launch: [2579000001, 2579000002.5]\n"),
            std::string::npos)
      << yaml;
  Baseline longer = example();
  longer.sessions.push_back({"s4", "2026-11-23", "", {}, {{{"run > launch", 3}}}});
  EXPECT_TRUE(to_yaml(longer).starts_with(yaml)); // a session more is lines more, at the end
}

TEST(Baseline, what_is_wrong_is_named_by_line_and_column) {
  const std::string head = "baseline: 1\nmetric: wall\nclass: {scenario: x}\nupdated: d\n";
  const std::string start = head + "sessions:\n  - id: a\n    date: d\n    launches: 2\n";
  struct {
    std::string yaml, message;
  } const cases[] = {
      {"baseline: 2", "b.yaml:1:11: expected 1"},
      {"baseline: 1\nmetric: time", "b.yaml:2:9: expected wall or instructions"},
      {"baseline: 1\nmetric: wall\nclass: {a: b}", "b.yaml:3:8: the class needs the key"},
      {"baseline: 1\nmetric: wall\nclass: {scenario: [b]}", "b.yaml:3:19: expected a text"},
      {head, "b.yaml:1:1: the baseline needs the key \"sessions\""},
      {head + "sessions: []", "b.yaml:5:11: expected a list of at least one session"},
      {head + "session: []", "b.yaml:1:1: the baseline needs the key \"sessions\""},
      {start + "    values:\n      launch: [1, 2]\n    extra: 1",
       "b.yaml:11:5: unknown key \"extra\" in a session"},
      {start + "    values:\n      launch: [1]", "b.yaml:10:15: expected a list of 2 values"},
      {start + "    values:\n      launch: [1, -2]", "b.yaml:10:19: expected a number above 0"},
      {start + "    values:\n      launch: [1, fast]", "b.yaml:10:19: expected a number above 0"},
      {start + "    values:\n      launch: [1, 2]\n      launch: [1, 2]", "b.yaml:11:7: "},
      {start + "    values: 3", "b.yaml:9:13: expected a mapping of phases"},
      {head + "sessions:\n  - id: a\n    date: d\n    launches: 1000000000\n    values: {}",
       "b.yaml:8:15: expected a whole number of launches"},
      {start + "    values: {}", "b.yaml:9:13: expected the values of at least one phase"},
      {start + "    values:\n      x: [1, 2]\n  - id: a\n    date: d\n    launches: 1\n    "
               "values:\n      x: [1]",
       "b.yaml:11:5: duplicate session \"a\""},
      {head + "accepted:\n  - date: d\nsessions: []", "b.yaml:6:5: an acceptance needs the key"},
  };
  for (const auto &[yaml, message] : cases)
    EXPECT_TRUE(baseline_error(yaml).starts_with(message))
        << yaml << "\n→ " << baseline_error(yaml);
}

TEST(Baseline, is_nearest_where_fewest_keys_differ_and_then_where_they_are_alike_longest) {
  const auto of = [](const std::string &qemu, const std::string &machine) {
    Baseline baseline = example();
    baseline.machine_class.keys["qemu"] = qemu;
    baseline.machine_class.keys["machine"] = machine;
    return baseline;
  };
  const MachineClass here = of("11.1", "pc-q35-11.1").machine_class;
  const std::vector<Baseline> two_keys = {of("7.2", "pc-i440fx-7.2"), of("10.0", "pc-q35-10.0")};
  EXPECT_EQ(nearest_baseline(two_keys, here, {})->machine_class.keys.at("qemu"), "10.0");
  const std::vector<Baseline> one_key = {of("10.0", "pc-q35-10.0"), of("11.1", "pc-i440fx-7.2")};
  EXPECT_EQ(nearest_baseline(one_key, here, {})->machine_class.keys.at("qemu"), "11.1");
  EXPECT_EQ(nearest_baseline({}, here, {}), nullptr);
}

TEST(Baseline, of_a_session_holds_its_samples_only) {
  Session session = synthetic::session("s", "counted", 3);
  session.launches[0].warmup = true;
  session.launches.push_back(synthetic::failed("Launch/counted"));
  session.launches.back().subject = "head";
  session.launches.push_back(session.launches[1]);
  session.launches.back().subject = "base";
  const BaselineSession made =
      baseline_session(session, session.scenarios[0], Metric::instructions);
  EXPECT_EQ(made.launches.size(), 2u);
  EXPECT_EQ(made.date, "2026-11-22");
  EXPECT_TRUE(made.launches[0].contains("run > launch > /init > udev"));
  EXPECT_EQ(made.versions.at("package:bash"), "5.2");
}

class BaselineDirectory : public testing::Test {
protected:
  void SetUp() override { fs::create_directories(directory_); }
  void TearDown() override { fs::remove_all(directory_); }
  void write(const std::string &name, const std::string &text) {
    std::ofstream(directory_ / name) << text;
  }
  const fs::path directory_ = fs::path(testing::TempDir()) / "bootperf_baselines";
};

TEST_F(BaselineDirectory, is_read_in_order_of_name) {
  write("b.instructions.yaml", to_yaml(example()));
  write("a.wall.yaml", to_yaml(example()));
  write("policy.yaml", "not a baseline");
  write("README.md", "neither");
  const auto found = load_baselines(directory_.string());
  ASSERT_TRUE(found) << to_text(found.error());
  ASSERT_EQ(found->size(), 2u);
  EXPECT_TRUE((*found)[0].file.ends_with("a.wall.yaml"));
}

TEST_F(BaselineDirectory, one_bad_file_is_an_error_that_names_it) {
  write("a.wall.yaml", "baseline: 7");
  const auto found = load_baselines(directory_.string());
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().where.file, (directory_ / "a.wall.yaml").string());
  EXPECT_EQ(found.error().where.line, 1);
}

TEST_F(BaselineDirectory, none_is_an_error) {
  EXPECT_EQ(load_baselines((directory_ / "none").string()).error().kind, ErrorKind::io);
  EXPECT_TRUE(load_baselines(directory_.string())->empty());
}

} // namespace
} // namespace bootperf
