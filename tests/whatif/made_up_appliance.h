#pragma once

// What libguestfs makes its appliance from, and one that is built, made by hand.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "base/process.h"
#include "capture/counter/temporary_directory.h"
#include "capture/facts/appliance.h"

namespace bootperf::made_up {

/// A directory with guestfs/supermin.d in it.
class ApplianceFiles : public ::testing::Test {
protected:
  ApplianceFiles() {
    put("unpacked/init", "#!/bin/bash\nudevadm trigger\nlvm vgchange -aay\n");
    std::filesystem::create_directories(guestfs() / "supermin.d");
    EXPECT_TRUE(succeeds(
        {"tar", "-czf", guestfs() / "supermin.d/init.tar.gz", "-C", at("unpacked"), "init"}));
    put("guestfs/supermin.d/packages", "bash\nlvm2\nudev\n");
    put("guestfs/supermin.d/base.tar.gz", "something else");
  }

  std::filesystem::path at(const std::string &name) const { return directory_.path() / name; }
  std::filesystem::path guestfs() const { return at("guestfs"); }

  void put(const std::string &name, const std::string &content) const {
    EXPECT_TRUE(replace_file(at(name), content)) << name;
  }

  static bool succeeds(const std::vector<std::string> &command) {
    const Result<CommandOutput> output = run_command(command);
    return output && output->status == 0;
  }

  /// A file of an archive, or "".
  static std::string archived(const std::filesystem::path &archive, const std::string &name) {
    return output_of({"tar", "-xzOf", archive, name});
  }

  /// A built appliance in the cache "cache", whose kernel is that of this version.
  void build(const std::string &kernel_version, const std::string &image) const {
    const auto built = appliance_directory(at("cache"), ::geteuid());
    std::filesystem::create_directories(built);
    put("vmlinuz-" + kernel_version, image);
    std::filesystem::create_symlink(at("vmlinuz-" + kernel_version), built / "kernel");
  }

  /// What leads to all of it.
  std::map<std::string, std::string> environment() const {
    return {{"LIBGUESTFS_PATH", guestfs()}, {"LIBGUESTFS_CACHEDIR", at("cache")}};
  }

private:
  testing::TemporaryDirectory directory_;
};

} // namespace bootperf::made_up
