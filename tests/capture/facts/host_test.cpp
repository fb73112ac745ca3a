#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "capture/facts/appliance.h"
#include "capture/facts/host.h"
#include "capture/facts/worker_facts.h"
#include "capture/launcher/sweep.h"
#include "capture/launcher/worker_command.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

TEST(Host, is_named_from_the_system_s_files) {
  EXPECT_EQ(os_name("NAME=\"Debian\"\nVERSION_ID=\"12\"\nID=debian\n"), "debian-12");
  EXPECT_EQ(os_name("ID=\"opensuse-tumbleweed\"\n"), "opensuse-tumbleweed");
  EXPECT_EQ(os_name("garbage"), "");
  EXPECT_EQ(cpu_model("processor\t: 0\nmodel name\t: Fast CPU @ 3 GHz\n"), "Fast CPU @ 3 GHz");
  EXPECT_EQ(cpu_model(""), "");
  EXPECT_FALSE(host_environment().at("arch").empty());
}

TEST(ApplianceCache, is_where_libguestfs_looks) {
  EXPECT_EQ(cache_directory({}), "/var/tmp");
  EXPECT_EQ(cache_directory({{"TMPDIR", "/a"}}), "/a");
  EXPECT_EQ(cache_directory({{"TMPDIR", "/a"}, {"LIBGUESTFS_CACHEDIR", "/b"}}), "/b");
  EXPECT_EQ(appliance_of({{"LIBGUESTFS_PATH", "/none:/neither"}}, 7),
            "/var/tmp/.guestfs-7/appliance.d");
}

TEST(LibguestfsDirectories, are_those_of_the_path_in_its_order) {
  EXPECT_EQ(libguestfs_directories({{"LIBGUESTFS_PATH", "/b::/a:"}}),
            (std::vector<std::filesystem::path>{"/b", "/a"}));
}

TEST(LibguestfsDirectories, are_those_of_distributions_without_a_path) {
  for (const std::map<std::string, std::string> &environment :
       {std::map<std::string, std::string>{},
        {{"LIBGUESTFS_PATH", ""}},
        {{"LIBGUESTFS_PATH", ":"}}}) {
    const auto places = libguestfs_directories(environment);
    ASSERT_GE(places.size(), 2U);
    EXPECT_EQ(places[0], "/usr/lib64/guestfs");
    EXPECT_EQ(places[1], "/usr/lib/guestfs");
  }
}

TEST(ApplianceCache, notices_an_appliance_built_anew_and_no_touched_one) {
  const auto directory = fs::path(testing::TempDir()) / ("appliance-" + std::to_string(::getpid()));
  EXPECT_EQ(appliance_stamp(directory), "");
  ASSERT_TRUE(replace_file(directory / "root", "x"));
  const auto first = appliance_stamp(directory);
  EXPECT_NE(first, "");
  fs::last_write_time(directory / "root", fs::file_time_type::clock::now());
  EXPECT_EQ(appliance_stamp(directory), first);
  fs::rename(directory, directory.string() + ".old");
  ASSERT_TRUE(replace_file(directory / "root", "x"));
  EXPECT_NE(appliance_stamp(directory), first);
  fs::remove_all(directory);
  fs::remove_all(directory.string() + ".old");
}

TEST(KernelVersion, is_found_in_an_image) {
  std::string image(0x1000, '\0');
  image.replace(0x202, 4, "HdrS");
  image[0x20E] = '\x40';
  image[0x20F] = '\x02';
  image.replace(0x440, 26, "6.1.0-13-amd64 (x@y) #1 SMP");
  EXPECT_EQ(kernel_version(image), "6.1.0-13-amd64");
  EXPECT_EQ(kernel_version("..Linux version %s (%s)\n..Linux version 6.8.0-31-generic (x)"),
            "6.8.0-31-generic");
  EXPECT_EQ(kernel_version(""), "");
  image[0x20F] = '\xff';
  EXPECT_EQ(kernel_version(image), "") << "points outside";
}

TEST(LaunchCommand, keeps_the_cache_when_the_temporary_directory_moves) {
  const LaunchPlaces places{"/bin/worker", "/tmp/one", "/var/tmp/two", {}};
  const auto plain = worker_environment({}, places, "m");
  EXPECT_EQ(plain.at("LIBGUESTFS_CACHEDIR"), "/var/tmp");
  EXPECT_EQ(plain.at("TMPDIR"), "/var/tmp/two");
  EXPECT_EQ(plain.at("LIBGUESTFS_TMPDIR"), "/tmp/one");
  EXPECT_EQ(plain.at(mark_variable), "m");
  const auto moved = worker_environment({{"TMPDIR", "/mine"}}, places, "m");
  EXPECT_EQ(moved.at("LIBGUESTFS_CACHEDIR"), "/mine");
}

TEST(ScratchDirectory, goes_with_its_owner_and_abandoned_ones_go_later) {
  const auto parent = fs::path(testing::TempDir()) / ("scratch-" + std::to_string(::getpid()));
  const auto abandoned = parent / "bootperf-launch-AbCdEf";
  const auto sockets = parent / "libguestfsAbCdEf";
  const auto other = parent / "bootperf-session";
  for (const auto &directory : {abandoned, sockets, other}) {
    fs::create_directories(directory);
  }
  ASSERT_TRUE(
      replace_file(abandoned / "facts", "{\"socket_directory\": \"" + sockets.string() + "\"}\n"));
  {
    const auto used = ScratchDirectory::make(parent).value();
    const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
    for (const auto &directory : {abandoned, sockets, other, used.path()}) {
      fs::last_write_time(directory, long_ago);
    }
    sweep_abandoned(parent);
    EXPECT_FALSE(fs::exists(abandoned));
    EXPECT_FALSE(fs::exists(sockets));
    EXPECT_TRUE(fs::exists(other));
    EXPECT_TRUE(fs::exists(used.path()));
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(parent), fs::directory_iterator()), 1);
  fs::remove_all(parent);
  EXPECT_FALSE(ScratchDirectory::make(parent)) << "nowhere to make one";
}

} // namespace
} // namespace bootperf
