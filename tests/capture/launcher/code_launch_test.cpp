#include "capture/launcher/code_launch.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "capture/counter/temporary_directory.h"

namespace bootperf {
namespace {

/// Answers as the worker does.
class AnsweringLauncher : public Launcher {
public:
  Result<BootLog> launch(const LaunchRequest &request) override {
    ++launches;
    requests.push_back(request);
    if (!answer.empty()) {
      EXPECT_TRUE(replace_file(request.code, answer));
    }
    BootLog log;
    log.end = LaunchEnd{};
    log.end->ok = ok;
    log.end->reason = ok ? "" : "hung: in kernel";
    return log;
  }

  std::string answer = code_text({"ffffffff81000000 T startup_64\n", "", {"/init"}});
  bool ok = true;
  int launches = 0;
  std::vector<LaunchRequest> requests;
};

class CodeLaunch : public ::testing::Test {
protected:
  void SetUp() override {
    request.environment = {{"LIBGUESTFS_PATH", (directory.path() / "fixed").string()},
                           {"XDG_CACHE_HOME", (directory.path() / "cache").string()}};
    for (const char *name : {"kernel", "initrd", "README.fixed"}) {
      ASSERT_TRUE(replace_file(directory.path() / "fixed" / name, name));
    }
  }
  Result<ApplianceCode> code() {
    return code_of_appliance(launcher, request, [&] { ++said; });
  }

  testing::TemporaryDirectory directory;
  AnsweringLauncher launcher;
  LaunchRequest request;
  int said = 0;
};

TEST_F(CodeLaunch, IsMadeOnceForAKernel) {
  for (int i = 0; i < 2; ++i) {
    const auto known = code();
    ASSERT_TRUE(known) << to_text(known.error());
    EXPECT_EQ(known->programs, std::vector<std::string>{"/init"});
  }
  EXPECT_EQ(launcher.launches, 1);
  EXPECT_EQ(said, 1);
  EXPECT_EQ(launcher.requests[0].mode, Mode::counted);
}

TEST_F(CodeLaunch, IsFoundAgainWithoutALaunch) {
  EXPECT_FALSE(kept_code(request));
  ASSERT_TRUE(code());
  ASSERT_TRUE(kept_code(request));
  EXPECT_EQ(kept_code(request)->programs, std::vector<std::string>{"/init"});
  request.append = "quiet";
  EXPECT_FALSE(kept_code(request));
}

TEST_F(CodeLaunch, IsNotNeededWhereAnotherLaunchWasAsked) {
  const auto answer = directory.path() / "answer";
  ASSERT_TRUE(replace_file(answer, launcher.answer));
  ASSERT_TRUE(keep_answer(request, answer));
  ASSERT_TRUE(code());
  EXPECT_EQ(launcher.launches, 0);
  EXPECT_FALSE(keep_answer(request, directory.path() / "none"));
}

TEST_F(CodeLaunch, IsMadeAgainForAnotherKernelOrOtherArguments) {
  ASSERT_TRUE(code());
  ASSERT_TRUE(replace_file(directory.path() / "fixed" / "kernel", "another"));
  ASSERT_TRUE(code());
  request.append = "quiet";
  ASSERT_TRUE(code());
  EXPECT_EQ(launcher.launches, 3);
}

TEST_F(CodeLaunch, ThatFailedIsNotMeasured) {
  launcher.ok = false;
  const auto failed = code();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::not_measured);
  EXPECT_NE(failed.error().message.find("hung: in kernel"), std::string::npos);
}

TEST_F(CodeLaunch, WithoutAnAnswerIsNotMeasured) {
  launcher.answer = "";
  ASSERT_FALSE(code());
}

TEST_F(CodeLaunch, KeepsNoAnswerThatCannotBeUsed) {
  launcher.answer = code_text({"0000000000000000 T startup_64\n", "", {}});
  EXPECT_FALSE(code());
  EXPECT_FALSE(code());
  EXPECT_EQ(launcher.launches, 2);
}

} // namespace
} // namespace bootperf
