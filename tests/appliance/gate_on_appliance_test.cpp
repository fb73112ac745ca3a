// The gate on a real appliance: it finds one that was slowed on purpose, names the place, and finds
// nothing in the same appliance again. Launches are shared: each session is recorded once.

#include "on_appliance.h"

namespace bootperf {
namespace {

class GateOnAppliance : public OnAppliance {
protected:
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

  // Ten launches in each mode: with three more 286 assignments, so that p can go below 1 %.
  static std::string base() { return session("base", "traced|counted", 10); }
  // Long enough for wall time to see it on a noisy machine.
  static std::string sleeping() {
    return session("sleeping", "traced|counted", 3, slowed("sleep", "sleep 8"));
  }
  static std::string again() { return session("again", "traced", 3); }

  // thresholds/policy.yaml and the baselines made of base(). Its 5 % for wall time are for launches
  // made in turn; these sessions lie minutes apart, and a machine drifts by more in that time.
  static std::string thresholds() {
    const std::string made = path("thresholds");
    if (!fs::exists(made)) {
      fs::create_directories(made);
      std::string policy =
          read_file(std::string(BOOTPERF_SOURCE_DIR) + "/thresholds/policy.yaml", 1u << 20)
              .value_or("");
      const std::string in_turn = "tolerance: 5 %", apart = "tolerance: 15 %";
      for (auto at = policy.find(in_turn); at != std::string::npos;
           at = policy.find(in_turn, at + 1))
        policy.replace(at, in_turn.size(), apart);
      EXPECT_TRUE(replace_file(made + "/policy.yaml", policy));
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
