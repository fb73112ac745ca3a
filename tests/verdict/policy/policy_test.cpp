#include "verdict/policy/policy.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

constexpr const char *whole = R"(alpha: 0.05
alpha_faster: 1 %
failed_launches: 0.5
subject: [kernel, append]
scenarios: [Launch/counted, Launch/counted/network]
launches: {wall: 12, counted: 3, counted_most: 5}
gates:
  wall:
    - phase: launch
      tolerance: 10 %
      floor: 20 ms
      modes: [quiet]
    - {phase: launch, tolerance: 0.2, modes: [traced]}
  instructions:
    - {phase: /init, tolerance: 0, floor: 1.5 M}
  waiting:
    - {phase: launch, floor: 100 ms, modes: [counted]}
)";

std::string policy_error(const std::string &yaml) {
  const Result<Policy> policy = parse_policy(yaml, "p.yaml");
  return policy ? "no error" : to_text(policy.error());
}

TEST(Policy, is_read_whole) {
  const Result<Policy> policy = parse_policy(whole, "p.yaml");
  ASSERT_TRUE(policy) << to_text(policy.error());
  EXPECT_DOUBLE_EQ(policy->alpha, 0.05);
  EXPECT_DOUBLE_EQ(policy->alpha_faster, 0.01);
  EXPECT_DOUBLE_EQ(policy->failed_launches, 0.5);
  EXPECT_EQ(policy->subject, (std::vector<std::string>{"kernel", "append"}));
  EXPECT_EQ(policy->scenarios,
            (std::vector<std::string>{"Launch/counted", "Launch/counted/network"}));
  EXPECT_EQ(policy->launches, 12);
  EXPECT_EQ(policy->counted_launches, 3);
  EXPECT_EQ(policy->counted_most, 5);
  ASSERT_EQ(policy->wall.size(), 2u);
  EXPECT_DOUBLE_EQ(policy->wall[0].tolerance, 0.1);
  EXPECT_DOUBLE_EQ(policy->wall[0].floor, 20e6);
  EXPECT_EQ(policy->wall[0].where.line, 9);
  ASSERT_EQ(policy->instructions.size(), 1u);
  EXPECT_DOUBLE_EQ(policy->instructions[0].tolerance, 0);
  EXPECT_DOUBLE_EQ(policy->instructions[0].floor, 1.5e6);
  ASSERT_EQ(policy->waiting.size(), 1u);
  EXPECT_TRUE(policy->waiting[0].waiting);
  EXPECT_DOUBLE_EQ(policy->waiting[0].floor, 100e6);
  EXPECT_DOUBLE_EQ(policy->waiting[0].tolerance, 0);
}

TEST(Policy, waiting_is_judged_with_the_instructions_of_the_same_launches) {
  const Result<Policy> policy = parse_policy(whole, "p.yaml");
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy->family(Metric::instructions, {"counted", "Launch/counted"}).size(), 2u);
  EXPECT_EQ(policy->family(Metric::instructions, {"initcalls", "Launch/initcalls"}).size(), 1u);
  EXPECT_EQ(policy->family(Metric::wall, {"quiet", "Launch/quiet"}).size(), 1u);
}

TEST(Policy, without_scenarios_a_gate_launches_counted) {
  const Result<Policy> policy = parse_policy("gates: {}\n", "p.yaml");
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy->scenarios, std::vector<std::string>{"Launch/counted"});
}

TEST(Policy, a_gate_of_waiting_has_a_floor_and_nothing_else) {
  const std::string gate = "gates:\n  waiting:\n    - {phase: launch";
  EXPECT_NE(policy_error(gate + "}\n").find("floor"), std::string::npos);
  EXPECT_NE(policy_error(gate + ", floor: 0}\n").find("a floor above 0"), std::string::npos);
  EXPECT_NE(policy_error(gate + ", floor: 1 ms, tolerance: 5 %}\n").find("tolerance"),
            std::string::npos);
}

TEST(Policy, gates_are_those_of_the_mode) {
  const Result<Policy> policy = parse_policy(whole, "p.yaml");
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy->gates(Metric::wall, {"quiet", "Launch/quiet"}).size(), 1u);
  EXPECT_DOUBLE_EQ(policy->gates(Metric::wall, {"traced", "Launch/traced"})[0].tolerance, 0.2);
  EXPECT_TRUE(policy->gates(Metric::wall, {"initcalls", "Launch/initcalls"}).empty());
  EXPECT_EQ(policy->gates(Metric::instructions, {"anything", "Launch/anything"}).size(), 1u);
}

TEST(Policy, a_scenario_may_have_a_floor_of_its_own) {
  const Result<Policy> policy =
      parse_policy("gates:\n"
                   "  waiting:\n"
                   "    - {phase: launch, floor: 100 ms, scenarios: [Launch/counted]}\n"
                   "    - {phase: launch, floor: 5 s, scenarios: [Launch/counted/network]}\n"
                   "    - {phase: guestfsd, floor: 1 s}\n",
                   "p.yaml");
  ASSERT_TRUE(policy) << to_text(policy.error());
  const auto floors = [&](const std::string &scenario) {
    std::vector<double> all;
    for (const Gate &gate : policy->family(Metric::instructions, {"counted", scenario}))
      all.push_back(gate.floor);
    return all;
  };
  EXPECT_EQ(floors("Launch/counted"), (std::vector<double>{100e6, 1e9}));
  EXPECT_EQ(floors("Launch/counted/network"), (std::vector<double>{5e9, 1e9}));
  EXPECT_EQ(floors("Launch/counted/other"), std::vector<double>{1e9});
}

TEST(Policy, the_shipped_one_is_valid) {
  const Result<Policy> policy = load_policy(BOOTPERF_SOURCE_DIR "/thresholds/policy.yaml");
  ASSERT_TRUE(policy) << to_text(policy.error());
  EXPECT_FALSE(policy->gates(Metric::wall, {"quiet", "Launch/quiet"}).empty());
  EXPECT_FALSE(policy->gates(Metric::wall, {"traced", "Launch/traced"}).empty());
  EXPECT_FALSE(policy->gates(Metric::instructions, {"counted", "Launch/counted"}).empty());
}

TEST(Policy, a_missing_file_is_an_error) {
  EXPECT_EQ(load_policy("/nonexistent/policy.yaml").error().kind, ErrorKind::io);
}

TEST(Policy, what_is_wrong_is_named_by_line_and_column) {
  const std::string gate = "gates:\n  wall:\n    - phase: launch\n      tolerance: ";
  struct {
    std::string yaml, message;
  } const cases[] = {
      {"gates: {}\nalhpa: 1", "p.yaml:2:1: unknown key \"alhpa\" in the policy; did you mean "
                              "\"alpha\"?"},
      {"alpha: 0.01", "p.yaml:1:1: the policy needs the key \"gates\""},
      {"- 1", "p.yaml:1:1: expected the policy"},
      {"", "p.yaml:1:1: expected the policy"},
      {"alpha: 0\ngates: {}", "p.yaml:1:8: expected an error rate"},
      {"alpha: yes\ngates: {}", "p.yaml:1:8: expected an error rate"},
      {"alpha: [1]\ngates: {}", "p.yaml:1:8: expected an error rate"},
      {"alpha: \"0.1\"\ngates: {}", "p.yaml:1:8: expected an error rate"},
      {"alpha: .nan\ngates: {}", "p.yaml:1:8: expected an error rate"},
      {"alpha: nan\ngates: {}", "p.yaml:1:8: expected an error rate"},
      {"failed_launches: 2\ngates: {}", "p.yaml:1:18: expected a share of 0 to 1"},
      {"alpha: 0.01\nalpha: 0.02\ngates: {}", "p.yaml:2:1: "},
      {gate + "-1", "p.yaml:4:18: expected a tolerance of 0 to 10"},
      {gate + "inf", "p.yaml:4:18: expected a tolerance of 0 to 10"},
      {gate + ".inf", "p.yaml:4:18: expected a tolerance of 0 to 10"},
      {gate + "1e999", "p.yaml:4:18: expected a tolerance of 0 to 10"},
      {gate + "5 ms", "p.yaml:4:18: expected a tolerance of 0 to 10"},
      {gate + "0.1\n      floor: -20 ms", "p.yaml:5:14: expected a floor of 0 or more"},
      {gate + "0.1\n      floor: 20 M", "p.yaml:5:14: expected a floor of 0 or more, in ns"},
      {gate + "0.1\n      modes: [fast]", "p.yaml:5:15: expected a mode"},
      {gate + "0.1\n      modes: []", "p.yaml:5:14: expected at least one mode"},
      {gate + "0.1\n      colour: red", "p.yaml:5:7: unknown key \"colour\" in a gate"},
      {gate + "0.1\n    - {phase: launch, tolerance: 1, modes: [quiet]}",
       "p.yaml:5:7: the phase \"launch\" is gated twice"},
      {gate + "0.1\n    - {phase: launch, tolerance: 1, scenarios: [Launch/counted]}",
       "p.yaml:5:7: the phase \"launch\" is gated twice"},
      {gate + "0.1\n      scenarios: []", "p.yaml:5:18: expected at least one scenario"},
      {gate + "0.1\n      scenarios: [quick]", "p.yaml:5:19: expected a scenario"},
      {"gates:\n  wall:\n    - tolerance: 1", "p.yaml:3:7: a gate needs the key \"phase\""},
      {"gates:\n  wall:\n    - phase: launch", "p.yaml:3:7: a gate needs the key \"tolerance\""},
      {"gates:\n  walls: []", "p.yaml:2:3: unknown key \"walls\" in gates"},
      {"gates:\n  wall: launch", "p.yaml:2:9: expected a list of gates"},
      {"subject: [kernel, weather]\ngates: {}", "p.yaml:1:19: unknown component \"weather\""},
      {"subject: kernel\ngates: {}", "p.yaml:1:10: expected a list"},
      {"scenarios: []\ngates: {}", "p.yaml:1:12: expected at least one scenario"},
      {"scenarios: [Launch/counted, counted]\ngates: {}", "p.yaml:1:29: expected a scenario"},
      {"scenarios: ['Launch/counted$|.*']\ngates: {}", "p.yaml:1:13: expected a scenario"},
      {"scenarios: [Launch/counted, Launch/counted]\ngates: {}",
       "p.yaml:1:29: duplicate scenario \"Launch/counted\""},
      {"launches: {wall: 2.5}\ngates: {}", "p.yaml:1:18: expected a whole number of launches"},
      {"launches: {wall: 0}\ngates: {}", "p.yaml:1:18: expected a whole number of launches"},
      {"launches: {counted: 4, counted_most: 3}\ngates: {}",
       "p.yaml:1:11: expected counted_most to be at least counted"},
      {"gates: {wall: [}", "p.yaml:1:16: "},
      {"a: &x [1]\nb: *x", "p.yaml:1:"},
  };
  for (const auto &[yaml, message] : cases)
    EXPECT_TRUE(policy_error(yaml).starts_with(message)) << yaml << "\n→ " << policy_error(yaml);
}

TEST(Policy, an_alias_bomb_is_refused_at_once) {
  std::string bomb = "a: &a [1, 1]\n";
  for (char name = 'b'; name <= 'z'; ++name)
    bomb += std::string(1, name) + ": &" + name + " [*" + static_cast<char>(name - 1) + ", *" +
            static_cast<char>(name - 1) + "]\n";
  EXPECT_NE(policy_error(bomb), "no error");
}

} // namespace
} // namespace bootperf
