// Levers on a real appliance: one that builds an appliance of its own is found to save what it
// saves, and one that cannot be had costs nothing. Some fourteen launches, two at a time.

#include "on_appliance.h"

namespace bootperf {
namespace {

class WhatIfOnAppliance : public OnAppliance {
protected:
  static void SetUpTestSuite() {
    OnAppliance::SetUpTestSuite();
    EXPECT_TRUE(replace_file(path("mine.yaml"), "levers:\n"
                                                "  - name: other-firmware\n"
                                                "    actor: firmware\n"
                                                "    what: a firmware that is not here\n"
                                                "    adopt: nobody\n"
                                                "    qemu: [{add: [-bios, /nowhere/bios.bin]}]\n"
                                                "    needs: [{file: /nowhere/bios.bin}]\n"
                                                "    proof: [{no_line: SeaBIOS}]\n"));
    output() = bootperf({"what-if", "no-tmpfiles", "other-firmware", "--levers", path("mine.yaml"),
                         "--jobs", "2", "-o", path("levers.json")});
    shown() = bootperf({"what-if", "--recorded", path("levers.json"), "--format", "json"});
  }

  static CommandOutput &output() {
    static CommandOutput made;
    return made;
  }
  static CommandOutput &shown() {
    static CommandOutput made;
    return made;
  }

  static json lever(const std::string &name) {
    const json ranking = json::parse(shown().text, nullptr, false);
    if (!ranking.is_discarded())
      for (const json &each : ranking.at("levers"))
        if (each.at("lever") == name)
          return each;
    ADD_FAILURE() << "no " << name << " in " << shown().text << '\n' << output().text;
    return json{{"effect", ""}, {"work", {{"ratio", 0}}}, {"reason", ""}, {"launches", 0}};
  }
};

TEST_F(WhatIfOnAppliance, AProgramThatIsLeftOutOfInitSavesItsWork) {
  ASSERT_EQ(output().status, 0) << output().text;
  const json made = lever("no-tmpfiles");
  EXPECT_EQ(made.at("effect"), "saves") << made.dump(1);
  // 1.4 % of the boot of Debian 12, less of that of Debian 13, which is longer.
  EXPECT_LT(made.at("work").at("ratio"), 0.997) << made.dump(1);
  EXPECT_GT(made.at("work").at("ratio"), 0.98) << made.dump(1);
  EXPECT_EQ(made.at("launches"), 3);
}

TEST_F(WhatIfOnAppliance, ALeverThatCannotBeHadIsNotLaunchedAndSaysWhy) {
  const json made = lever("other-firmware");
  EXPECT_EQ(made.at("effect"), "not measured") << made.dump(1);
  EXPECT_EQ(made.at("reason"), "it needs /nowhere/bios.bin, which is not here");
  EXPECT_EQ(made.at("launches"), 0);
}

} // namespace
} // namespace bootperf
