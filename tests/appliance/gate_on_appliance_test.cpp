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
  static std::string session(const std::string &name, const std::string &scenarios, int launches,
                             const std::vector<std::string> &subject = {}) {
    const std::string file = path(name + ".session.json");
    if (!fs::exists(file)) {
      std::vector<std::string> command = {std::string(BOOTPERF_BIN_DIR) + "/boot_benchmarks",
                                          "--benchmark_filter=^Launch/(" + scenarios + ")$",
                                          "--benchmark_repetitions=" + std::to_string(launches),
                                          "--bootperf_warmup=0",
                                          "--bootperf_jobs=2",
                                          "--bootperf_session=" + file};
      for (const std::string &variable : subject)
        command.push_back("--bootperf_env=" + variable);
      const CommandOutput output = run(command);
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
    return {"LIBGUESTFS_PATH=" + copy, "LIBGUESTFS_CACHEDIR=" + copy + "/cache"};
  }

  // Ten launches in each mode: with three more 286 assignments, so that p can go below 1 %.
  static std::string base() { return session("base", "traced|counted", 10); }
  // Long enough for wall time to see it on a noisy machine.
  static std::string sleeping() {
    return session("sleeping", "traced|counted", 3, slowed("sleep", "sleep 8"));
  }
  static std::string again() { return session("again", "traced", 3); }

  // thresholds/policy.yaml and the baselines made of base().
  static std::string thresholds() {
    const std::string made = path("thresholds");
    if (!fs::exists(made)) {
      fs::create_directories(made);
      fs::copy_file(std::string(BOOTPERF_SOURCE_DIR) + "/thresholds/policy.yaml",
                    made + "/policy.yaml");
      const CommandOutput output = bootperf({"baseline", "update", base(), "--thresholds", made});
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

  static json scenario(const json &report, const std::string &name) {
    for (const json &each : report.at("checks"))
      if (each.at("scenario") == name)
        return each;
    ADD_FAILURE() << "no check of " << name << " in " << report.dump(1);
    return json{{"verdict", ""}, {"advisory", false}, {"phases", json::array()}};
  }
};

TEST_F(GateOnAppliance, WallTimeFindsASlowedApplianceAndNamesThePlaceUnderInit) {
  const json report = check(1, {sleeping(), "--thresholds", thresholds(), "--same-session"});

  EXPECT_EQ(scenario(report, "Launch/traced").at("verdict"), "regressed");
  EXPECT_TRUE(any_contains(regressed(report), "/init > ")) << report.dump(1);
}

TEST_F(GateOnAppliance, ASleepIsReportedAsWaiting) {
  const json report = check(1, {sleeping(), "--thresholds", thresholds(), "--same-session"});

  const json launch = scenario(report, "Launch/traced").at("phases").at(0);
  EXPECT_EQ(launch.at("phase"), "run > launch");
  EXPECT_EQ(launch.value("kind", ""), "waiting") << launch.dump(1);
}

TEST_F(GateOnAppliance, CountsDoNotFindASleepOfThreeSeconds) {
  const std::string napping = session("napping", "counted", 3, slowed("nap", "sleep 3"));

  const CommandOutput output = bootperf({"check", napping, "--thresholds", thresholds()});

  EXPECT_TRUE(output.status == 0 || output.status == 3) << output.status << '\n' << output.text;
}

TEST_F(GateOnAppliance, WallTimeFindsNothingInTheSameApplianceAgain) {
  const CommandOutput output =
      bootperf({"check", again(), "--thresholds", thresholds(), "--same-session"});

  EXPECT_TRUE(output.status == 0 || output.status == 3) << output.status << '\n' << output.text;
}

TEST_F(GateOnAppliance, WallTimeOfAnotherSessionIsAdvisory) {
  const json report = check(3, {again(), "--thresholds", thresholds()});

  EXPECT_TRUE(scenario(report, "Launch/traced").at("advisory"));
}

TEST_F(GateOnAppliance, CountsFindABusyLoopOfOnePercentInThreeLaunches) {
  const std::string busy =
      session("busy", "counted", 3, slowed("busy", "gawk 'BEGIN { while (i < 50000) i++ }'"));

  const json report = check(1, {busy, "--thresholds", thresholds()});

  EXPECT_TRUE(any_contains(regressed(report), "/init:udev-overhead")) << report.dump(1);
}

} // namespace
} // namespace bootperf
