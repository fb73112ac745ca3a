#include <gtest/gtest.h>

#include "capture/log/mode.h"
#include "capture/worker/settings.h"

namespace bootperf {
namespace {

TEST(KernelArguments, make_the_mode) {
  EXPECT_EQ(kernel_arguments(Mode::quiet, ""), "");
  EXPECT_EQ(kernel_arguments(Mode::quiet, "x=1"), "x=1");
  EXPECT_EQ(kernel_arguments(Mode::traced, "x=1"), "guestfs_boot_analysis=1 x=1");
  EXPECT_EQ(kernel_arguments(Mode::initcalls, ""),
            "guestfs_boot_analysis=1 ignore_loglevel initcall_debug");
  const auto counted = kernel_arguments(Mode::counted, "lpj=5");
  EXPECT_GT(counted.rfind("lpj="), counted.find("lpj=5")) << "the last one wins";
}

TEST(BackendSettings, keep_the_user_s_own) {
  using List = std::vector<std::string>;
  EXPECT_EQ(backend_settings({"gdb", "force_kvm"}, Accelerator::automatic),
            (List{"gdb", "force_kvm"}));
  EXPECT_EQ(backend_settings({"gdb", "force_kvm=1"}, Accelerator::tcg), (List{"gdb", "force_tcg"}));
  EXPECT_EQ(backend_settings({}, Accelerator::kvm), List{"force_kvm"});
}

TEST(Mode, has_a_name_for_each) {
  for (const auto mode : {Mode::quiet, Mode::traced, Mode::counted, Mode::initcalls}) {
    EXPECT_EQ(mode_from_text(to_text(mode)), mode);
  }
  EXPECT_FALSE(mode_from_text("loud"));
  for (const auto accel : {Accelerator::automatic, Accelerator::kvm, Accelerator::tcg}) {
    EXPECT_EQ(accelerator_from_text(to_text(accel)), accel);
  }
  EXPECT_FALSE(accelerator_from_text("hvf"));
}

} // namespace
} // namespace bootperf
