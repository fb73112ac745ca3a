// The gate on a real appliance: it finds one that was slowed on purpose, names the place, and finds
// nothing in the same appliance again. Launches are shared: each session is recorded once.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "base/command.h"
#include "base/files.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const std::string bootperf_program = std::string(BOOTPERF_BIN_DIR) + "/bootperf";
constexpr std::chrono::minutes launches_limit{20};

CommandOutput run(std::vector<std::string> arguments) {
  auto output = run_command(arguments, launches_limit);
  if (!output) {
    ADD_FAILURE() << to_text(output.error());
    return {-1, ""};
  }
  return *output;
}

CommandOutput bootperf(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), bootperf_program);
  return run(std::move(arguments));
}

class GateOnAppliance : public testing::Test {
protected:
  static void SetUpTestSuite() {
    directory() = fs::temp_directory_path() / ("bootperf-gate-" + std::to_string(getpid()));
    fs::create_directories(directory());
  }
  static void TearDownTestSuite() { fs::remove_all(directory()); }

  static fs::path &directory() {
    static fs::path path;
    return path;
  }
  static std::string path(const std::string &name) { return (directory() / name).string(); }

  // Each session is recorded when a test first asks for it.
  static std::string session(const std::string &name, const std::vector<std::string> &arguments) {
    const std::string file = path(name + ".session.json");
    if (!fs::exists(file)) {
      std::vector<std::string> command = {"run", "-o", file};
      command.insert(command.end(), arguments.begin(), arguments.end());
      const CommandOutput output = bootperf(command);
      EXPECT_EQ(output.status, 0) << name << ": " << output.text;
    }
    return file;
  }

  static std::vector<std::string> slowed(const std::string &name, const std::string &command) {
    const std::string copy = path("appliance-" + name);
    if (!fs::exists(copy)) {
      const CommandOutput made =
          run({std::string(BOOTPERF_SOURCE_DIR) + "/ci/slow-appliance", copy, command});
      EXPECT_EQ(made.status, 0) << made.text;
    }
    return {"--env", "LIBGUESTFS_PATH=" + copy, "--env", "LIBGUESTFS_CACHEDIR=" + copy + "/cache"};
  }

  static std::vector<std::string> with(std::vector<std::string> some,
                                       const std::vector<std::string> &more) {
    some.insert(some.end(), more.begin(), more.end());
    return some;
  }

  // thresholds/policy.yaml and a baseline made of the given session.
  static std::string thresholds(const std::string &name, const std::string &session_file) {
    const std::string made = path("thresholds-" + name);
    if (!fs::exists(made)) {
      fs::create_directories(made);
      fs::copy_file(std::string(BOOTPERF_SOURCE_DIR) + "/thresholds/policy.yaml",
                    made + "/policy.yaml");
      const CommandOutput output =
          bootperf({"baseline", "update", session_file, "--thresholds", made});
      EXPECT_EQ(output.status, 0) << output.text;
    }
    return made;
  }

  static json check(int expected_status, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "check");
    const CommandOutput text = bootperf(arguments);
    EXPECT_EQ(text.status, expected_status) << text.text;
    arguments.insert(arguments.end(), {"--format", "json"});
    const json report = json::parse(bootperf(arguments).text, nullptr, false);
    EXPECT_FALSE(report.is_discarded());
    return report;
  }

  // The ids of the phases, and of the places below them, that the report calls regressed.
  static std::vector<std::string> regressed(const json &report) {
    std::vector<std::string> ids;
    for (const json &scenario : report.at("checks"))
      for (const json &phase : scenario.at("phases"))
        if (phase.at("verdict") == "regressed") {
          ids.push_back(phase.at("phase"));
          for (const json &place : phase.at("places"))
            ids.push_back(place.at("phase"));
        }
    return ids;
  }

  static bool any_contains(const std::vector<std::string> &ids, const std::string &part) {
    for (const std::string &id : ids)
      if (id.find(part) != std::string::npos)
        return true;
    return false;
  }

  static std::string traced_base() {
    return session("traced-base", {"--mode", "traced", "--launches", "7", "--warmup", "1"});
  }
  static std::string traced_sleeping() {
    return session("traced-sleeping", with({"--mode", "traced", "--launches", "3", "--warmup", "0"},
                                           slowed("sleep", "sleep 8")));
  }
  // Ten launches: with three more 286 assignments, so that p can go below 1 %.
  static std::string counted_base() {
    return session("counted-base",
                   {"--mode", "counted", "--launches", "10", "--warmup", "0", "--jobs", "2"});
  }
};

TEST_F(GateOnAppliance, WallTimeFindsASlowedApplianceAndNamesThePlaceUnderInit) {
  const std::string baseline = thresholds("traced", traced_base());

  const json report = check(1, {traced_sleeping(), "--thresholds", baseline, "--same-session"});

  EXPECT_TRUE(any_contains(regressed(report), "/init > ")) << report.dump(1);
}

TEST_F(GateOnAppliance, WallTimeFindsNothingInTheSameApplianceAgain) {
  const std::string baseline = thresholds("traced", traced_base());
  const std::string again =
      session("traced-again", {"--mode", "traced", "--launches", "3", "--warmup", "0"});

  const CommandOutput output =
      bootperf({"check", again, "--thresholds", baseline, "--same-session"});

  EXPECT_TRUE(output.status == 0 || output.status == 3) << output.status << '\n' << output.text;
}

TEST_F(GateOnAppliance, WallTimeOfAnotherSessionIsAdvisory) {
  const std::string baseline = thresholds("traced", traced_base());

  const json report = check(3, {traced_sleeping(), "--thresholds", baseline});

  EXPECT_TRUE(report.at("checks").at(0).at("advisory"));
}

TEST_F(GateOnAppliance, CountsFindABusyLoopOfOnePercentInThreeLaunches) {
  const std::string baseline = thresholds("counted", counted_base());
  const std::string busy = session(
      "counted-busy", with({"--mode", "counted", "--launches", "3", "--warmup", "0", "--jobs", "2"},
                           slowed("busy", "gawk 'BEGIN { while (i < 50000) i++ }'")));

  const json report = check(1, {busy, "--thresholds", baseline});

  EXPECT_TRUE(any_contains(regressed(report), "/init:udev-overhead")) << report.dump(1);
}

TEST_F(GateOnAppliance, CountsDoNotFindASleep) {
  const std::string baseline = thresholds("counted", counted_base());
  const std::string sleeping =
      session("counted-sleeping",
              with({"--mode", "counted", "--launches", "3", "--warmup", "0", "--jobs", "2"},
                   slowed("sleep", "sleep 8")));

  const CommandOutput output = bootperf({"check", sleeping, "--thresholds", baseline});

  EXPECT_TRUE(output.status == 0 || output.status == 3) << output.status << '\n' << output.text;
}

} // namespace
} // namespace bootperf
