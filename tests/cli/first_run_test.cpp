// What `bootperf gate` does on a class of machine that no baseline is stored for: the real
// programs, fed with recorded launches.
#include <regex>

#include <gtest/gtest.h>

#include "bootperf_program.h"

namespace bootperf {
namespace {

class FirstRun : public InDirectory {
protected:
  FirstRun() {
    std::filesystem::create_directory(file("t"));
    write("t/policy.yaml", "gates:\n"
                           "  wall: []\n"
                           "  instructions:\n"
                           "    - {phase: launch, tolerance: 5 %}\n"
                           "    - {phase: /init, tolerance: 5 %}\n");
    for (const char *name : {"traced-1", "traced-2", "traced-3"})
      logs_.push_back(
          write(std::string(name) + ".jsonl",
                changed(read(recording(name)), "\"mode\": \"traced\"", "\"mode\": \"counted\"")));
  }

  static std::string changed(std::string text, const std::string &from, const std::string &to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
  }

  /// The recorded launches, changed in each of their logs.
  void change(const std::string &from, const std::string &to) const {
    for (const std::string &log : logs_)
      write(std::filesystem::path(log).filename().string(), changed(read(log), from, to));
  }

  /// The same launches with a fifth more instructions, all the way.
  void slow_down() const {
    const std::regex count("\"insn\": ([0-9]+)");
    for (const std::string &log : logs_) {
      const std::string text = read(log);
      std::string slower;
      std::size_t done = 0;
      for (auto match = std::sregex_iterator(text.begin(), text.end(), count);
           match != std::sregex_iterator(); ++match) {
        slower += text.substr(done, static_cast<std::size_t>(match->position(1)) - done);
        slower += std::to_string(std::stoull(match->str(1)) * 6 / 5);
        done = static_cast<std::size_t>(match->position(1) + match->length(1));
      }
      write(std::filesystem::path(log).filename().string(), slower + text.substr(done));
    }
  }

  Ran gate(const std::vector<std::string> &more = {}, const std::string &ci = "") const {
    std::vector<std::string> command = {"/usr/bin/env", "-u", "CI", "LC_ALL=C"};
    if (!ci.empty())
      command.push_back("CI=" + ci);
    for (const std::string &word : {std::string(BOOTPERF_BIN_DIR) + "/bootperf",
                                    std::string("gate"), std::string("--thresholds"), file("t"),
                                    std::string("-o"), file("gate.json"), std::string("--force")})
      command.push_back(word);
    for (const std::string &log : logs_)
      command.insert(command.end(), {"--replay", log});
    command.insert(command.end(), more.begin(), more.end());
    return ran(command);
  }

  std::vector<std::string> files_of(const std::string &directory) const {
    std::vector<std::string> names;
    if (std::filesystem::exists(file(directory)))
      for (const auto &entry : std::filesystem::directory_iterator(file(directory)))
        names.push_back(entry.path().filename().string());
    return names;
  }

  static bool says(const Ran &run, const std::string &words) {
    return run.text.find(words) != std::string::npos;
  }

  std::vector<std::string> logs_;
};

TEST_F(FirstRun, records_a_baseline_which_the_next_run_is_judged_by) {
  const Ran first = gate();
  EXPECT_EQ(first.code, 4) << first.text;
  EXPECT_TRUE(says(first, "18 more launches")) << first.text;
  EXPECT_TRUE(says(first, "recorded a baseline of 20 launches for this class")) << first.text;
  EXPECT_TRUE(says(first, "commit it, and from now on this machine gates")) << first.text;
  EXPECT_EQ(files_of("t").size(), 2u); // the policy and the baseline
  EXPECT_FALSE(std::filesystem::exists(file("gate.json.more")));

  const Ran second = gate();
  EXPECT_EQ(second.code, 0) << second.text;
  EXPECT_TRUE(says(second, "against 20 launches of 1 session")) << second.text;

  slow_down();
  const Ran slower = gate();
  EXPECT_EQ(slower.code, 1) << slower.text;
  EXPECT_EQ(files_of("t").size(), 2u);
}

TEST_F(FirstRun, records_one_for_each_scenario) {
  const std::vector<std::string> both = {"--scenario", "Launch/counted", "--scenario",
                                         "Launch/counted/network"};
  const Ran first = gate(both);
  EXPECT_EQ(first.code, 4) << first.text;
  EXPECT_EQ(files_of("t").size(), 3u) << first.text; // the policy and the two
  const Ran second = gate(both);
  EXPECT_EQ(second.code, 0) << second.text;
}

TEST_F(FirstRun, records_none_where_another_scenario_regressed) {
  ASSERT_EQ(gate().code, 4);
  slow_down();
  const Ran slower = gate({"--scenario", "Launch/counted", "--scenario", "Launch/counted/network"});
  EXPECT_EQ(slower.code, 1) << slower.text;
  EXPECT_TRUE(says(slower, "no baseline was recorded: another scenario regressed")) << slower.text;
  EXPECT_EQ(files_of("t").size(), 2u) << "the policy and the first baseline";
}

TEST_F(FirstRun, shows_the_nearest_baseline_as_advisory) {
  ASSERT_EQ(gate().code, 4);
  change("6.1.0-56-cloud-amd64", "7.2.0-1-cloud-amd64");
  slow_down();
  const Ran moved = gate({"--no-new-baseline"});
  EXPECT_EQ(moved.code, 4) << moved.text;
  EXPECT_TRUE(says(moved, "kernel 6.1.0-56-cloud-amd64")) << moved.text;
  EXPECT_TRUE(says(moved, "the nearest baseline, which is of another class (kernel differs)"))
      << moved.text;
  EXPECT_TRUE(says(moved, "+20.0 %")) << moved.text;
}

TEST_F(FirstRun, compares_nothing_where_instructions_mean_something_else) {
  ASSERT_EQ(gate().code, 4);
  change("\"arch\": \"x86_64\"", "\"arch\": \"aarch64\"");
  const Ran moved = gate({"--no-new-baseline"});
  EXPECT_EQ(moved.code, 4) << moved.text;
  EXPECT_FALSE(says(moved, "which is of another class")) << moved.text;
}

TEST_F(FirstRun, leaves_a_candidate_beside_the_session_in_ci) {
  const Ran first = gate({}, "true");
  EXPECT_EQ(first.code, 4) << first.text;
  EXPECT_EQ(files_of("t").size(), 1u);
  ASSERT_EQ(files_of("gate.baseline").size(), 1u) << first.text;
  EXPECT_TRUE(says(first, "recorded a candidate")) << first.text;
  std::filesystem::copy(file("gate.baseline"), file("t"));
  EXPECT_EQ(gate({}, "true").code, 0);
}

TEST_F(FirstRun, goes_where_the_command_line_says) {
  EXPECT_EQ(gate({"--new-baseline", "beside"}).code, 4);
  EXPECT_EQ(files_of("t").size(), 1u);
  EXPECT_EQ(gate({"--new-baseline", "thresholds"}, "true").code, 4);
  EXPECT_EQ(files_of("t").size(), 2u);
}

TEST_F(FirstRun, records_nothing_when_told_so_and_in_a_bisection) {
  const Ran told = gate({"--no-new-baseline"});
  EXPECT_EQ(told.code, 4) << told.text;
  EXPECT_TRUE(says(told, "bootperf baseline update")) << told.text;
  EXPECT_EQ(gate({"--bisect"}).code, 125);
  EXPECT_EQ(files_of("t").size(), 1u);
  EXPECT_EQ(files_of("gate.baseline").size(), 0u);
}

TEST_F(FirstRun, records_nothing_for_a_phase_that_no_launch_has) {
  write("t/policy.yaml", "gates:\n"
                         "  wall: []\n"
                         "  instructions:\n"
                         "    - {phase: no such phase, tolerance: 5 %}\n");
  const Ran first = gate();
  EXPECT_EQ(first.code, 4) << first.text;
  EXPECT_TRUE(says(first, "do not measure the gated phase no such phase")) << first.text;
  EXPECT_EQ(files_of("t").size(), 1u);
}

TEST_F(FirstRun, records_nothing_for_wall_time) {
  write("t/policy.yaml", "gates:\n"
                         "  instructions: []\n"
                         "  wall:\n"
                         "    - {phase: launch, tolerance: 5 %}\n");
  const Ran first = gate({"--metric", "wall"});
  EXPECT_EQ(first.code, 4) << first.text;
  EXPECT_TRUE(says(first, "wall time against a baseline is advisory")) << first.text;
  EXPECT_EQ(files_of("t").size(), 1u);
}

TEST_F(FirstRun, keeps_its_sentence_out_of_other_formats_and_in_the_summary) {
  const Ran json =
      ran({"/bin/sh", "-c",
           "unset CI; " + std::string(BOOTPERF_BIN_DIR) + "/bootperf gate --format json " +
               "--thresholds " + file("t") + " -o " + file("gate.json") + " --replay " + logs_[0] +
               " --summary " + file("summary.md") + " 2>/dev/null"});
  EXPECT_EQ(json.code, 4) << json.text;
  EXPECT_TRUE(json.text.starts_with("{")) << json.text;
  EXPECT_FALSE(says(json, "recorded a"));
  EXPECT_NE(read(file("summary.md")).find("a baseline of 20 launches"), std::string::npos);
}

} // namespace
} // namespace bootperf
