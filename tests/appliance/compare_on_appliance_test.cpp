// Two subjects launched in turn on a real appliance, by guest instructions.

#include "on_appliance.h"

namespace bootperf {
namespace {

class CompareOnAppliance : public OnAppliance {
protected:
  /// The report of base as it is installed against this head.
  static json compare(const std::string &name, const std::vector<std::string> &head,
                      const std::vector<int> &expected) {
    std::vector<std::string> arguments = {"compare",
                                          "--mode",
                                          "counted",
                                          "--jobs",
                                          "2",
                                          "--warmup",
                                          "0",
                                          "--thresholds",
                                          std::string(BOOTPERF_SOURCE_DIR) + "/thresholds",
                                          "-o",
                                          path(name)};
    for (const std::string &variable : head)
      arguments.insert(arguments.end(), {"--head-env", variable});
    const CommandOutput output = bootperf(arguments);
    EXPECT_NE(std::ranges::find(expected, output.status), expected.end()) << output.status << '\n'
                                                                          << output.text;
    // The verdict can be had again from the session.
    const CommandOutput again =
        bootperf({"compare", "--recorded", path(name), "--format", "json", "--thresholds",
                  std::string(BOOTPERF_SOURCE_DIR) + "/thresholds"});
    EXPECT_EQ(again.status, output.status);
    const json report = json::parse(again.text, nullptr, false);
    EXPECT_FALSE(report.is_discarded()) << again.text;
    return report;
  }
};

TEST_F(CompareOnAppliance, BaseAgainstItselfIsNeverARegression) {
  const json report = compare("same.json", {}, {0, 3});
  EXPECT_TRUE(regressed(report).empty()) << report.dump(1);
}

TEST_F(CompareOnAppliance, ASlowedHeadIsFoundAndThePlaceNamed) {
  const json report =
      compare("busy.json", slowed("busy", "gawk 'BEGIN { while (i < 50000) i++ }'"), {1});
  EXPECT_TRUE(any_contains(regressed(report), "/init:udev-overhead > ")) << report.dump(1);
}

} // namespace
} // namespace bootperf
