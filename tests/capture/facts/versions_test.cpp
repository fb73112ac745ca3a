#include "capture/facts/versions.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

constexpr auto installed = "bash|5.2.15-2+b8||base-files (>= 2.1.12), libc6 (>= 2.36)\n"
                           "base-files|12.4||awk\n"
                           "gawk|1:5.2.1-2|awk|, libc6 (>= 2.34)\n"
                           "libc6|2.36-9+deb12u14|||\n"
                           "kmod|30|module-init-tools (= 30)|\n"
                           "udev|252||kmod:any | eudev, udev (>= 1)\n"
                           "removed|||\n"
                           "unrelated|1||\n";

TEST(AppliancePackages, FollowsDependenciesAlternativesAndProviders) {
  const auto versions = appliance_packages("bash\nudev\n", installed);
  const Versions expected{{"package:bash", "5.2.15-2+b8"}, {"package:base-files", "12.4"},
                          {"package:gawk", "1:5.2.1-2"},   {"package:libc6", "2.36-9+deb12u14"},
                          {"package:kmod", "30"},          {"package:udev", "252"}};
  EXPECT_EQ(versions, expected);
}

TEST(AppliancePackages, LeavesOutWhatIsNotInstalled) {
  EXPECT_TRUE(appliance_packages("removed\nnever-heard-of\n", installed).empty());
}

TEST(AppliancePackages, IsTotalOnNonsense) {
  EXPECT_TRUE(appliance_packages("", installed).empty());
  EXPECT_TRUE(appliance_packages("bash", "bash\nbash|\nbash|1|\n||||\n").empty());
}

TEST(QemuVersion, TakesTheDistributionsVersionToo) {
  EXPECT_EQ(
      qemu_version("QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)\nCopyright"),
      "7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)");
  EXPECT_EQ(qemu_version("sh: qemu: not found"), "");
}

TEST(ComponentVersions, GivesUpQuietlyOnAHypervisorThatIsNotThere) {
  const auto versions = component_versions(
      {{"LIBGUESTFS_HV", "/nonexistent/qemu"}, {"LIBGUESTFS_PATH", "/nonexistent"}});
  EXPECT_FALSE(versions.contains("qemu"));
  EXPECT_FALSE(versions.contains("package:bash"));
}

TEST(ComponentVersions, NamesTheKernelItIsTold) {
  EXPECT_EQ(component_versions({{"SUPERMIN_KERNEL_VERSION", "9.9.9-mine"}}).at("kernel"),
            "9.9.9-mine");
  EXPECT_EQ(component_versions({{"SUPERMIN_KERNEL", "/tmp/vmlinuz-9.9.8"}}).at("kernel"), "9.9.8");
}

} // namespace
} // namespace bootperf
