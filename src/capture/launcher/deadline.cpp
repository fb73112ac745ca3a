#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/process.h"
#include "base/process_table.h"
#include "capture/launcher/deadline.h"

namespace bootperf {

namespace {

// SIGHUP: the terminal is gone. SIGPIPE: so is the reader of what this program prints.
constexpr std::array watched = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};

// Signals are the process's, not an object's, and a handler reaches nothing but such variables.
std::atomic<int> event_descriptor = -1;
std::mutex installing;
int installed = 0;
std::array<struct sigaction, watched.size()> before;

// timeout(1) sends the same signal to the process and to its group, and people press Ctrl-C twice:
// within so long that is one will, and what is under way is put away all the same.
constexpr std::int64_t one_will_ns = 2'000'000'000;
std::atomic<std::int64_t> first_asked_ns = 0;

void remember(int signal) {
  const int saved = errno;
  std::int64_t never = 0;
  const std::int64_t now = monotonic_ns();
  if (signal != SIGPIPE && !first_asked_ns.compare_exchange_strong(never, now) &&
      now - never > one_will_ns) {
    ::signal(signal, SIG_DFL);
    ::raise(signal); // once this handler has returned
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(event_descriptor, &one, sizeof one);
  errno = saved;
}

} // namespace

Interruption::Interruption() {
  const std::lock_guard lock(installing);
  if (installed++ > 0) {
    return;
  }
  first_asked_ns = 0;
  event_descriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  for (std::size_t i = 0; i < watched.size(); ++i) {
    struct sigaction action = {};
    action.sa_handler = remember;
    ::sigaction(watched[i], nullptr, &before[i]);
    if (before[i].sa_handler != SIG_IGN) {
      ::sigaction(watched[i], &action, nullptr);
    }
  }
}

Interruption::~Interruption() {
  const std::lock_guard lock(installing);
  if (--installed > 0) {
    return;
  }
  for (std::size_t i = 0; i < watched.size(); ++i) {
    ::sigaction(watched[i], &before[i], nullptr);
  }
  ::close(event_descriptor.exchange(-1));
}

bool Interruption::raised() const {
  pollfd event = {descriptor(), POLLIN, 0};
  return ::poll(&event, 1, 0) > 0;
}

int Interruption::descriptor() const {
  return event_descriptor;
}

namespace {

// Where no handle can be had (an old kernel, a sandbox, no file descriptor left) it has to be
// asked.
constexpr int look_every_ms = 100;

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

} // namespace bootperf
