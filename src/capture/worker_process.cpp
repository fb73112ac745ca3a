#include "capture/worker_process.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/process.h"
#include "base/process_table.h"

namespace bootperf {

namespace {

// A killed process that has not ended by then hangs in the kernel; nobody can help that.
constexpr std::int64_t longest_death_ns = 5'000'000'000;

// Where no handle can be had (an old kernel, a sandbox, no file descriptor left) it has to be
// asked.
constexpr int look_every_ms = 100;

std::int64_t nanoseconds(const timeval &time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + std::int64_t{time.tv_usec} * 1'000;
}

int milliseconds_until(std::int64_t time_ns) {
  const std::int64_t left = (time_ns - monotonic_ns() + 999'999) / 1'000'000;
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000'000));
}

// Reaps one child if it has ended; adds its CPU time. False when there is none to be reaped.
bool reap(pid_t pid, int options, std::int64_t &cpu_ns) {
  rusage usage = {};
  int status = 0;
  pid_t reaped = -1;
  do {
    reaped = ::wait4(pid, &status, options, &usage);
  } while (reaped < 0 && errno == EINTR);
  if (reaped <= 0) {
    return false;
  }
  cpu_ns += nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
  return true;
}

void kill_and_await(const std::vector<pid_t> &victims, std::int64_t until_ns) {
  for (const pid_t victim : victims) {
    const auto handle = process_handle(victim);
    ::kill(victim, SIGKILL);
    pollfd ending = {handle.get(), POLLIN, 0};
    while (handle && ::poll(&ending, 1, milliseconds_until(until_ns)) < 0 && errno == EINTR) {
    }
  }
}

} // namespace

WorkerFate await_process(pid_t pid, std::chrono::milliseconds deadline, int interruption) {
  const std::int64_t until = monotonic_ns() + deadline.count() * 1'000'000;
  const auto handle = process_handle(pid);
  while (true) {
    pollfd waiting[] = {{handle.get(), POLLIN, 0}, {interruption, POLLIN, 0}};
    const int longest = milliseconds_until(until);
    const int ready = ::poll(waiting, 2, handle ? longest : std::min(longest, look_every_ms));
    if (ready < 0 && errno == EINTR) {
      continue;
    }
    siginfo_t ended = {};
    ::waitid(P_PID, static_cast<id_t>(pid), &ended, WEXITED | WNOHANG | WNOWAIT);
    if (ended.si_pid == pid) {
      return {ended.si_code == CLD_EXITED ? WorkerFate::Kind::exited : WorkerFate::Kind::signalled,
              ended.si_status};
    }
    if (handle ? waiting[0].revents != 0 : ::kill(pid, 0) != 0 && errno == ESRCH) {
      return {WorkerFate::Kind::exited, 0}; // somebody else's child: how it ended is not known
    }
    if (waiting[1].revents != 0) {
      return {WorkerFate::Kind::interrupted, 0};
    }
    if (monotonic_ns() >= until) {
      return {WorkerFate::Kind::deadline, 0};
    }
  }
}

std::int64_t kill_and_reap(pid_t pid, const std::string &mark) {
  std::int64_t cpu_ns = 0;
  // First the group, while its leader's number cannot belong to anybody else.
  ::kill(-pid, SIGKILL);
  reap(pid, 0, cpu_ns);
  const std::int64_t until = monotonic_ns() + longest_death_ns;
  // A process may fork between the look and the kill, so look until there is nothing to be seen.
  do {
    const auto victims = processes_marked(mark);
    kill_and_await(victims, until);
    for (const pid_t victim : victims) {
      reap(victim, WNOHANG, cpu_ns);
    }
    while (reap(-pid, WNOHANG, cpu_ns)) {
    }
    if (victims.empty()) {
      break;
    }
  } while (monotonic_ns() < until);
  return cpu_ns;
}

void adopt_orphans() {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
}

} // namespace bootperf
