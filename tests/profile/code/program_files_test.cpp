#include "profile/code/program_files.h"

#include <gtest/gtest.h>

#include "base/cpio_archive.h"
#include "base/files.h"
#include "base/process.h"
#include "capture/counter/temporary_directory.h"

namespace bootperf {
namespace {

TEST(Programs, AreThoseOfTheInitrdOfLibguestfsAndOfTheHost) {
  const testing::TemporaryDirectory directory;
  const auto place = directory.path();
  ASSERT_TRUE(replace_file(place / "appliance" / "initrd", cpio_member("init", "first program")));
  ASSERT_TRUE(replace_file(place / "tree" / "usr" / "sbin" / "guestfsd", "daemon"));
  ASSERT_TRUE(replace_file(place / "lib" / "supermin.d" / "hostfiles", ""));
  const auto packed = run_command({"tar", "-czf", (place / "lib/supermin.d/daemon.tar.gz").string(),
                                   "-C", (place / "tree").string(), "usr"});
  ASSERT_TRUE(packed && packed->status == 0);

  const auto programs = find_programs(
      {"/usr/sbin/guestfsd", "/bin/sh", "/nowhere/at/all", "not absolute", "/../etc", "/proc/kmsg",
       "/usr/../proc/version"},
      place / "appliance", {{"LIBGUESTFS_PATH", (place / "lib").string()}}, place / "scratch");
  ASSERT_EQ(programs.names,
            (std::vector<std::string>{"/init of the initrd", "/usr/sbin/guestfsd", "/bin/sh"}));
  EXPECT_EQ(read_file(programs.files[0]).value_or(""), "first program");
  EXPECT_EQ(read_file(programs.files[1]).value_or(""), "daemon");
  const auto files = program_files(programs);
  EXPECT_FALSE(files.read(0)) << "no ELF file";
  ASSERT_TRUE(files.read(2));
  EXPECT_FALSE(files.read(2)->segments.empty());
}

} // namespace
} // namespace bootperf
