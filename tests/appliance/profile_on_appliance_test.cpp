#include <memory>

#include <gtest/gtest.h>

#include "capture/launcher/worker_launcher.h"
#include "phases/rules.h"
#include "profile/launch/profiler.h"

// One profiled launch of the real appliance, and one more where its symbols are not known yet.

namespace bootperf {
namespace {

class ProfileOnAppliance : public testing::Test {
protected:
  static void SetUpTestSuite() {
    WorkerLauncher launcher(BOOTPERF_BIN_DIR "/bootperf-launch");
    const auto rules = load_rules("");
    ASSERT_TRUE(rules);
    auto profiler = Profiler::create(launcher, {}, *rules, [](const std::string &) {});
    ASSERT_TRUE(profiler) << to_text(profiler.error());
    auto made = profiler->launch();
    ASSERT_TRUE(made) << to_text(made.error());
    launch_ = std::make_unique<ProfiledLaunch>(std::move(*made));
  }
  static void TearDownTestSuite() { launch_.reset(); }

  void SetUp() override {
    ASSERT_TRUE(launch_ && launch_->profile) << "the launch did not come up";
  }

  /// Instructions of the functions that are wanted.
  template <class Wanted>
  static double sum(Wanted &&wanted) {
    double instructions = 0;
    for (const MeanRow &row : mean_functions(*launch_->profile)) {
      if (wanted(launch_->profile->functions[row.function])) {
        instructions += row.instructions;
      }
    }
    return instructions;
  }

  static bool of_kernel(const ProfileFunction &function) {
    return function.object == "vmlinux" || function.object == "(kernel)" ||
           function.object.ends_with(".ko");
  }
  static bool of_programs(const ProfileFunction &function) {
    return function.object.starts_with('/') || function.object == "(user space)";
  }

  static std::unique_ptr<ProfiledLaunch> launch_;
};

std::unique_ptr<ProfiledLaunch> ProfileOnAppliance::launch_;

TEST_F(ProfileOnAppliance, books_every_instruction) {
  EXPECT_EQ(launch_->profile->launches.at(0).instructions, launch_->log.events.back().instructions);
}

TEST_F(ProfileOnAppliance, names_the_kernels_functions) {
  const double all = sum(of_kernel);
  EXPECT_GT(all, 1e9);
  EXPECT_GE(sum([](const ProfileFunction &function) {
              return of_kernel(function) && function.name != unknown_code;
            }) / all,
            0.999);
}

TEST_F(ProfileOnAppliance, names_the_files_of_user_space) {
  const double all = sum(of_programs);
  EXPECT_GT(all, 1e8);
  EXPECT_GE(sum([](const ProfileFunction &function) { return function.object.starts_with('/'); }) /
                all,
            0.95);
}

TEST_F(ProfileOnAppliance, knows_firmware_and_unpacking_apart) {
  EXPECT_GT(sum([](const ProfileFunction &function) { return function.object == "firmware"; }),
            1e6);
  EXPECT_GT(sum([](const ProfileFunction &function) { return function.object == "kernel image"; }),
            1e7);
}

} // namespace
} // namespace bootperf
