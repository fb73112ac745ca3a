#pragma once

#include <array>
#include <chrono>
#include <csignal>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace bootperf::testing {

/// Forks a writer and kills it when `wait` returns, which gets the end of the pipe that is read.
/// `write_on` runs in the writer and never returns: it writes one thing after the other and puts
/// the number of each that is written into the descriptor that it gets. `reported` becomes the last
/// one that was read.
template <class Number, class Wait, class WriteOn>
void kill_a_writer_after(Number &reported, const Wait &wait, const WriteOn &write_on) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  const pid_t writer = ::fork();
  if (writer == 0)
    write_on(pipe[1]);
  ::close(pipe[1]);
  wait(pipe[0]);
  ::kill(writer, SIGKILL);
  while (::read(pipe[0], &reported, sizeof reported) == sizeof reported) {
  }
  ::close(pipe[0]);
  int status = 0;
  ::waitpid(writer, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it could not write";
}

/// The same after some microseconds, somewhere in its work.
template <class Number, class WriteOn>
void kill_a_writer(Number &reported, useconds_t after, const WriteOn &write_on) {
  kill_a_writer_after(reported, [after](int) { ::usleep(after); }, write_on);
}

/// How many microseconds a writer takes until the first is written, on this machine as busy as it
/// is; it is killed then. `reported` becomes that one's number, or a later one's.
template <class Number, class WriteOn>
useconds_t time_to_write_one(Number &reported, const WriteOn &write_on) {
  const auto begin = std::chrono::steady_clock::now();
  kill_a_writer_after(
      reported,
      [&reported](int pipe) {
        EXPECT_EQ(::read(pipe, &reported, sizeof reported), ssize_t{sizeof reported});
      },
      write_on);
  return static_cast<useconds_t>(std::chrono::duration_cast<std::chrono::microseconds>(
                                     std::chrono::steady_clock::now() - begin)
                                     .count());
}

} // namespace bootperf::testing
