// A guest of the appliance's kernel that only says hello: a real machine that is no appliance,
// counted twice at once, and one that hangs.

#include "on_appliance.h"

namespace bootperf {
namespace {

class GuestOnAppliance : public OnAppliance {
protected:
  static void SetUpTestSuite() {
    OnAppliance::SetUpTestSuite();
    // The guest boots the kernel of the appliance, which has to be there.
    EXPECT_EQ(bootperf({"run", "--mode", "quiet", "--launches", "1", "--warmup", "0", "-o",
                        path("appliance.json")})
                  .status,
              0);
  }

  static std::string guests(const std::string &name, const std::string &up,
                            const std::string &more_arguments) {
    const std::string file = path(name + ".yaml");
    EXPECT_TRUE(replace_file(
        file,
        "guests:\n"
        "  - name: Guest/" +
            name +
            "\n"
            "    what: says hello\n"
            "    up: '" +
            up +
            "'\n"
            "    command: [qemu-system-x86_64, -nodefaults, -no-user-config, -display, none, "
            "-machine, \"pc,accel=${accel},graphics=off\", -cpu, max, -m, \"512\", -no-reboot, "
            "-serial, stdio, -kernel, \"${kernel}\", -initrd, \"${initramfs}\", -append, "
            "\"console=ttyS0 panic=1 cryptomgr.notests no_timer_check " +
            more_arguments + "\"]\n"));
    return file;
  }

  static json session(const std::string &file) {
    const Result<std::string> text = read_file(file);
    EXPECT_TRUE(text) << file;
    return json::parse(text.value_or("{}"), nullptr, false);
  }
};

TEST_F(GuestOnAppliance, IsCountedAndItsLaunchesAgree) {
  const CommandOutput made =
      bootperf({"run", "--guest", guests("hello", "bootperf: hello", ""), "--launches", "2",
                "--warmup", "0", "--jobs", "2", "-o", path("hello.json")});
  ASSERT_EQ(made.status, 0) << made.text;
  const json recorded = session(path("hello.json"));
  ASSERT_EQ(recorded.at("launches").size(), 2u);
  std::vector<double> counts;
  for (const json &launch : recorded.at("launches")) {
    EXPECT_EQ(launch.at("scenario"), "Guest/hello");
    counts.push_back(launch.at("instructions"));
  }
  EXPECT_GT(counts[0], 1e8);
  EXPECT_NEAR(counts[0] / counts[1], 1, 0.02);
  EXPECT_EQ(made.text.find("not measured: "), std::string::npos) << made.text;
}

TEST_F(GuestOnAppliance, ThatNeverComesUpFailsAtTheDeadlineAndLeavesNothing) {
  const CommandOutput made =
      bootperf({"run", "--guest", guests("silent", "never said", "panic=0 init=/none"),
                "--launches", "1", "--warmup", "0", "--deadline", "6", "-o", path("silent.json")});
  EXPECT_EQ(made.status, 4) << made.text;
  EXPECT_FALSE(session(path("silent.json")).at("launches").at(0).at("ok").get<bool>());
  const auto left = run_command({"pgrep", "-f", directory().string()});
  EXPECT_TRUE(!left || left->status != 0) << left->text;
}

} // namespace
} // namespace bootperf
