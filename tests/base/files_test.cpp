#include <filesystem>
#include <fstream>

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

} // namespace
} // namespace bootperf
