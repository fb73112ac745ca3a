#include "capture/launcher/deadline.h"

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/process.h"

namespace bootperf {
namespace {

using std::chrono::milliseconds;

/// While it lives no file can be opened, so that no handle of a process can be had either.
class NoMoreFiles {
public:
  NoMoreFiles() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int next = ::dup(0);
    ::close(next);
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(next);
    ::setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoMoreFiles() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoMoreFiles(const NoMoreFiles &) = delete;
  NoMoreFiles &operator=(const NoMoreFiles &) = delete;

private:
  rlimit before_ = {};
};

pid_t started(const std::string &command) {
  ProcessStart start;
  start.arguments = {"/bin/sh", "-c", command};
  const auto pid = start_process(start);
  EXPECT_TRUE(pid) << to_text(pid.error());
  return pid.value_or(-1);
}

void end(pid_t pid) {
  ::kill(-pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
}

TEST(AwaitProcess, tells_how_a_process_ended) {
  const pid_t pid = started("exit 3");
  const WorkerFate fate = await_process(pid, milliseconds(20'000), -1);
  EXPECT_EQ(fate.kind, WorkerFate::Kind::exited);
  EXPECT_EQ(fate.code, 3);
  end(pid);
}

TEST(AwaitProcess, keeps_its_deadline_without_a_handle_of_the_process) {
  const pid_t pid = started("sleep 100");
  const NoMoreFiles no_handle;
  EXPECT_EQ(await_process(pid, milliseconds(200), -1).kind, WorkerFate::Kind::deadline);
  end(pid);
}

TEST(AwaitProcess, is_interrupted_without_a_handle_of_the_process) {
  const pid_t pid = started("sleep 100");
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_EQ(::write(ends[1], "x", 1), 1);
  {
    const NoMoreFiles no_handle;
    EXPECT_EQ(await_process(pid, milliseconds(20'000), ends[0]).kind,
              WorkerFate::Kind::interrupted);
  }
  end(pid);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(AwaitProcess, sees_the_end_without_a_handle_of_the_process) {
  const pid_t pid = started("exit 3");
  const NoMoreFiles no_handle;
  EXPECT_EQ(await_process(pid, milliseconds(20'000), -1).kind, WorkerFate::Kind::exited);
  end(pid);
}

TEST(Interruption, is_raised_by_every_signal_that_asks_for_an_end) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) {
    const Interruption interruption;
    EXPECT_FALSE(interruption.raised());
    ::raise(signal);
    EXPECT_TRUE(interruption.raised()) << signal;
  }
}

TEST(Interruption, sent_twice_at_once_is_one) {
  const Interruption interruption;
  ::raise(SIGINT);
  ::raise(SIGINT);
  ::raise(SIGTERM);
  EXPECT_TRUE(interruption.raised()) << "and this is still here to say so";
}

TEST(Interruption, survives_printing_on_to_a_reader_that_is_gone) {
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  const Interruption interruption;
  EXPECT_EQ(::write(ends[1], "x", 1), -1);
  EXPECT_EQ(::write(ends[1], "x", 1), -1);
  EXPECT_TRUE(interruption.raised());
  ::close(ends[1]);
}

TEST(Interruption, leaves_an_ignored_signal_ignored) {
  ::signal(SIGHUP, SIG_IGN);
  {
    const Interruption interruption;
    ::raise(SIGHUP);
    EXPECT_FALSE(interruption.raised());
  }
  ::signal(SIGHUP, SIG_DFL);
}

} // namespace
} // namespace bootperf
