#include "session/session_file.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bootperf {
namespace {

namespace fs = std::filesystem;

class SessionFiles : public testing::Test {
protected:
  SessionFiles()
      : directory_(fs::path(testing::TempDir()) / ("session-file-" + std::to_string(::getpid()))) {
    fs::remove_all(directory_);
    fs::create_directories(directory_);
  }
  ~SessionFiles() override { fs::remove_all(directory_); }

  std::string file(const std::string &name) const { return (directory_ / name).string(); }

  void write(const std::string &name, const std::string &content) const {
    std::ofstream(file(name)) << content;
  }

  std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(directory_), fs::directory_iterator());
  }

  /// What another process, a child of this one, comes to.
  template <class Question>
  static bool in_a_child(Question question) {
    const pid_t child = ::fork();
    if (child == 0)
      ::_exit(question() ? 0 : 1);
    int status = -1;
    ::waitpid(child, &status, 0);
    return status == 0;
  }

  fs::path directory_;
};

TEST_F(SessionFiles, what_is_there_is_not_replaced_unasked) {
  write("a.json", "launches");
  const auto refused = SessionFile::take(file("a.json"), Existing::refused);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::usage);
  EXPECT_NE(refused.error().message.find("--force"), std::string::npos);
  EXPECT_TRUE(SessionFile::take(file("a.json"), Existing::replaced));
  EXPECT_TRUE(SessionFile::take(file("b.json"), Existing::refused));
}

TEST_F(SessionFiles, an_empty_file_and_one_that_is_not_regular_are_nobodys_session) {
  write("made-by-mktemp", "");
  EXPECT_TRUE(SessionFile::take(file("made-by-mktemp"), Existing::refused));
  EXPECT_TRUE(SessionFile::take("/dev/null", Existing::refused));
}

TEST_F(SessionFiles, the_next_number_is_free) {
  write("a.json", "launches");
  write("a-2.json", "launches");
  EXPECT_EQ(SessionFile::take_free(file("a.json"))->path(), file("a-3.json"));
  EXPECT_EQ(SessionFile::take_free(file("b.json"))->path(), file("b.json"));
}

TEST_F(SessionFiles, leave_nothing_beside_them) {
  {
    const auto taken = SessionFile::take(file("a.json"), Existing::refused);
  }
  EXPECT_EQ(files(), 0);
}

TEST_F(SessionFiles, a_name_that_another_process_has_is_taken) {
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto taken = SessionFile::take(file("a.json"), Existing::replaced);
    [[maybe_unused]] const ssize_t said = ::write(pipe_ends[1], taken ? "y" : "n", 1);
    ::pause();
    ::_exit(0);
  }
  char answer = 0;
  ASSERT_EQ(::read(pipe_ends[0], &answer, 1), 1);
  ASSERT_EQ(answer, 'y');
  for (const Existing existing : {Existing::refused, Existing::replaced}) {
    const auto second = SessionFile::take(file("a.json"), existing);
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().message.find("process " + std::to_string(child)), std::string::npos);
  }
  EXPECT_EQ(SessionFile::take_free(file("a.json"))->path(), file("a-2.json"));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(SessionFile::take(file("a.json"), Existing::refused))
      << "a killed program holds nothing";
}

TEST_F(SessionFiles, what_a_process_has_taken_is_free_for_the_one_it_starts) {
  const auto taken = SessionFile::take(file("a.json"), Existing::refused);
  ASSERT_TRUE(taken);
  EXPECT_TRUE(
      in_a_child([&] { return SessionFile::take(file("a.json"), Existing::refused).has_value(); }));
  EXPECT_FALSE(in_a_child([&] {
    return in_a_child(
        [&] { return SessionFile::take(file("a.json"), Existing::refused).has_value(); });
  })) << "but not for anyone further down";
}

TEST_F(SessionFiles, a_link_that_dangles_is_the_file_it_points_at) {
  fs::create_symlink("real.json", file("link.json"));
  const auto taken = SessionFile::take(file("link.json"), Existing::refused);
  ASSERT_TRUE(taken);
  EXPECT_TRUE(fs::exists(file(".real.json.lock")));
}

} // namespace
} // namespace bootperf
