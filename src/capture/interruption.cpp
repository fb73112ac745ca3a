#include "capture/interruption.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace bootperf {

namespace {

constexpr std::array watched = {SIGINT, SIGTERM};

// Signals are the process's, not an object's, and a handler reaches nothing but such variables.
std::atomic<int> event_descriptor = -1;
std::mutex installing;
int installed = 0;
std::array<struct sigaction, watched.size()> before;

void remember(int) {
  const int saved = errno;
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
  event_descriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  for (std::size_t i = 0; i < watched.size(); ++i) {
    struct sigaction action = {};
    action.sa_handler = remember;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
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

} // namespace bootperf
