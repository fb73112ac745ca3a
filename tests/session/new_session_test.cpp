#include "session/new_session.h"

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

/// A repository with one commit, made the working directory.
class NewSession : public testing::Test {
protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "bootperf-repository-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    repository_ = name;
    std::filesystem::current_path(repository_);
    ASSERT_EQ(std::system("git init --quiet && git -c user.name=x -c user.email=x@localhost "
                          "commit --quiet --allow-empty -m x"),
              0);
  }

  void TearDown() override {
    ::unsetenv("GIT_TEST_ASSUME_DIFFERENT_OWNER");
    std::filesystem::current_path(before_);
    std::filesystem::remove_all(repository_);
  }

  std::filesystem::path before_ = std::filesystem::current_path();
  std::filesystem::path repository_;
};

TEST_F(NewSession, knows_the_commit) {
  EXPECT_EQ(new_session({}).commit.size(), 40u);
}

TEST_F(NewSession, knows_the_commit_of_a_checkout_that_belongs_to_somebody_else) {
  const std::string commit = new_session({}).commit;
  ::setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1", 1);
  ASSERT_NE(std::system("git rev-parse HEAD >/dev/null 2>&1"), 0) << "git does not refuse it";
  EXPECT_EQ(new_session({}).commit, commit);
}

TEST_F(NewSession, has_no_commit_outside_a_repository) {
  std::filesystem::remove_all(repository_ / ".git");
  EXPECT_EQ(new_session({}).commit, "");
}

} // namespace
} // namespace bootperf
