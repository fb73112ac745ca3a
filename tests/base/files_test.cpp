#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
protected:
  Files() : directory_(fs::path(testing::TempDir()) / ("files-" + std::to_string(::getpid()))) {
    fs::create_directories(directory_);
  }
  ~Files() override { fs::remove_all(directory_); }

  fs::path directory_;
};

TEST_F(Files, replaces_a_file_whole_and_reads_it_back) {
  const auto path = directory_ / "new" / "file";
  ASSERT_TRUE(replace_file(path, std::string("a\0b", 3)));
  ASSERT_TRUE(replace_file(path, "second"));
  EXPECT_EQ(read_file(path).value(), "second");
  EXPECT_EQ(std::distance(fs::directory_iterator(path.parent_path()), fs::directory_iterator()), 1)
      << "nothing is left beside it";
}

TEST_F(Files, keeps_the_mode_and_the_symbolic_link) {
  const auto path = directory_ / "file";
  const auto link = directory_ / "link";
  ASSERT_TRUE(replace_file(path, "x"));
  ::chmod(path.c_str(), 0640);
  fs::create_symlink("file", link);
  ASSERT_TRUE(replace_file(link, "y"));
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(read_file(path).value(), "y");
  struct stat status = {};
  ::stat(path.c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777, 0640U);
}

TEST_F(Files, a_symbolic_link_that_dangles_stays_and_its_target_is_made) {
  const auto link = directory_ / "link";
  fs::create_directory(directory_ / "elsewhere");
  fs::create_symlink("elsewhere/file", link);
  ASSERT_TRUE(replace_file(link, "x"));
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(read_file(directory_ / "elsewhere/file").value(), "x");
}

TEST_F(Files, a_loop_of_symbolic_links_is_an_error_or_is_replaced_but_never_followed_for_ever) {
  fs::create_symlink("b", directory_ / "a");
  fs::create_symlink("a", directory_ / "b");
  if (replace_file(directory_ / "a", "x")) {
    EXPECT_EQ(read_file(directory_ / "a").value(), "x");
  }
}

TEST_F(Files, knows_one_file_under_two_names) {
  const auto path = directory_ / "file";
  const auto link = directory_ / "link";
  fs::create_symlink("file", link);
  EXPECT_TRUE(same_file(path, link)) << "though it is not there yet";
  EXPECT_TRUE(same_file(directory_ / "x/../file", path));
  ASSERT_TRUE(replace_file(path, "x"));
  EXPECT_TRUE(same_file(path, link));
  fs::create_hard_link(path, directory_ / "hard");
  EXPECT_TRUE(same_file(path, directory_ / "hard"));
  EXPECT_FALSE(same_file(path, directory_ / "other"));
}

TEST_F(Files, leaves_the_old_content_when_it_cannot_write) {
  const auto file = directory_ / "file";
  ASSERT_TRUE(replace_file(file, "old"));
  const auto below_a_file = replace_file(file / "below", "new");
  ASSERT_FALSE(below_a_file);
  EXPECT_EQ(below_a_file.error().kind, ErrorKind::io);
  EXPECT_FALSE(replace_file(directory_, "a directory cannot be replaced"));
  EXPECT_EQ(read_file(file).value(), "old");
}

TEST_F(Files, refuses_a_missing_and_an_oversized_file) {
  EXPECT_EQ(read_file(directory_ / "none").error().kind, ErrorKind::io);
  ASSERT_TRUE(replace_file(directory_ / "file", "12345"));
  EXPECT_TRUE(read_file(directory_ / "file", 5));
  EXPECT_EQ(read_file(directory_ / "file", 4).error().kind, ErrorKind::input);
  EXPECT_EQ(read_file("/dev/zero", 100).error().kind, ErrorKind::input);
}

TEST_F(Files, a_pipe_that_nobody_writes_or_reads_is_an_error) {
  const auto pipe = directory_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const auto read = read_file(pipe, 100, std::chrono::milliseconds(1));
  ASSERT_FALSE(read);
  EXPECT_NE(to_text(read.error()).find("nothing came for 0.001 s"), std::string::npos);
  const auto written = replace_file(pipe, "x");
  ASSERT_FALSE(written);
  EXPECT_NE(to_text(written.error()).find("nobody reads"), std::string::npos);
}

// It passes for a regular file, and opening it takes the right to read the kernel's messages. Of
// those that somebody reads away, more may come at any time: only that the reading ends is asked
// here.
TEST_F(Files, a_file_of_the_kernel_that_has_nothing_to_give_is_an_error) {
  if (!FileDescriptor(::open("/proc/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC)))
    GTEST_SKIP() << "needs the right to read /proc/kmsg";
  const auto read = read_file("/proc/kmsg", 1 << 20, std::chrono::milliseconds(1));
  ASSERT_FALSE(read);
  EXPECT_NE(to_text(read.error()).find("nothing came"), std::string::npos) << to_text(read.error());
}

TEST_F(Files, a_pipe_with_a_writer_is_read_to_its_end) {
  const auto pipe = directory_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] {
    const FileDescriptor end(::open(pipe.c_str(), O_WRONLY | O_CLOEXEC));
    write_all(end.get(), std::string(100'000, 'x'));
  });
  const auto content = read_file(pipe);
  writer.join();
  ASSERT_TRUE(content);
  EXPECT_EQ(content->size(), 100'000U);
}

} // namespace
} // namespace bootperf
