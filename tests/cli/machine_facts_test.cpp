#include "cli/machine_facts.h"

#include <gtest/gtest.h>

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
