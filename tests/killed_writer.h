#pragma once

#include <array>
#include <csignal>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace bootperf::testing {

/// Forks a writer and kills it after some microseconds, somewhere in its work. `write_on` runs in
/// the writer and never returns: it writes one thing after the other and puts the number of each
/// that is written into the descriptor that it gets. `reported` becomes the last one that was read.
template <class Number, class WriteOn>
void kill_a_writer(Number &reported, useconds_t after, const WriteOn &write_on) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  const pid_t writer = ::fork();
  if (writer == 0)
    write_on(pipe[1]);
  ::close(pipe[1]);
  ::usleep(after);
  ::kill(writer, SIGKILL);
  while (::read(pipe[0], &reported, sizeof reported) == sizeof reported) {
  }
  ::close(pipe[0]);
  int status = 0;
  ::waitpid(writer, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it could not write";
}

} // namespace bootperf::testing
