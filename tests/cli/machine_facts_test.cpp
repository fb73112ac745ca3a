#include "cli/machine_facts.h"

#include <filesystem>

#include <unistd.h>

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/process.h"

namespace bootperf {
namespace {

TEST(TinyGuest, is_a_firmware_image) {
  EXPECT_EQ(tiny_guest().size(), 64U * 1024);
}

TEST(TinyGuest, runs_under_tcg) {
  const std::string qemu = find_program("qemu-system-x86_64").string();
  if (qemu.empty())
    GTEST_SKIP() << "no qemu-system-x86_64";
  const auto trial = try_tiny_guest(qemu, {"-accel", "tcg"}, std::chrono::seconds(50));
  ASSERT_TRUE(trial.has_value());
  EXPECT_TRUE(trial->ran) << trial->reason;
}

/// A program in qemu's place.
class KernelTrial : public testing::Test {
protected:
  KernelTrial() : path_(testing::TempDir() + "qemu-" + std::to_string(::getpid())) {}
  ~KernelTrial() override { std::filesystem::remove(path_); }

  GuestTrial of(const std::string &script, std::chrono::milliseconds deadline) const {
    EXPECT_TRUE(replace_file(path_, "#!/bin/sh\n" + script));
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
    return try_kernel(path_, "/boot/vmlinuz", {"-machine", "accel=kvm"}, deadline);
  }

  std::string path_;
};

TEST_F(KernelTrial, is_over_when_the_kernel_misses_its_root) {
  EXPECT_TRUE(of("echo '[ 1.2] Kernel panic - not syncing: VFS: Unable to mount root fs'",
                 std::chrono::seconds(10))
                  .ran);
}

TEST_F(KernelTrial, tells_why_qemu_ended) {
  const GuestTrial aborted =
      of("echo 'failed to set MSR 0x10a'; exit 134", std::chrono::seconds(10));
  EXPECT_FALSE(aborted.ran);
  EXPECT_NE(aborted.reason.find("failed to set MSR 0x10a"), std::string::npos) << aborted.reason;
}

TEST_F(KernelTrial, does_not_wait_for_a_kernel_that_hangs) {
  const GuestTrial hung = of("exec tail -f /dev/null", std::chrono::milliseconds(50));
  EXPECT_FALSE(hung.ran);
  EXPECT_NE(hung.reason.find("does not get to its end"), std::string::npos) << hung.reason;
}

TEST(TinyGuest, tells_why_it_did_not_run) {
  const auto aborted = try_tiny_guest("/bin/false", {});
  ASSERT_TRUE(aborted.has_value());
  EXPECT_FALSE(aborted->ran);
  EXPECT_EQ(aborted->reason, "qemu ended with status 1");
  const auto missing = try_tiny_guest("/nowhere/qemu", {});
  ASSERT_TRUE(missing.has_value());
  EXPECT_FALSE(missing->ran);
  EXPECT_FALSE(missing->reason.empty());
}

} // namespace
} // namespace bootperf
