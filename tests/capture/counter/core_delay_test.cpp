#include <atomic>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>
#include <sched.h>

extern "C" {
#include "capture/counter/plugin/core_delay.h"
}

namespace bootperf {
namespace {

using Clock = std::chrono::steady_clock;

bool on_one_core() {
  cpu_set_t here, one;
  CPU_ZERO(&one);
  if (sched_getaffinity(0, sizeof here, &here) != 0)
    return false;
  for (int core = 0; core < CPU_SETSIZE; ++core)
    if (CPU_ISSET(core, &here)) {
      CPU_SET(core, &one);
      break;
    }
  return sched_setaffinity(0, sizeof one, &one) == 0;
}

// Until it has stood in line, or a second of it is over.
bool waits_in_line() {
  const std::uint64_t before = core_delay_ns();
  const auto end = Clock::now() + std::chrono::seconds(1);
  while (Clock::now() < end)
    if (core_delay_ns() > before)
      return true;
  return false;
}

TEST(CoreDelay, grows_while_another_thread_has_the_core) {
  bool seen = false, pinned = false;
  std::thread both([&] {
    pinned = on_one_core();
    std::atomic<bool> over = false;
    std::thread other([&] {
      while (!over) {
      }
    });
    seen = waits_in_line();
    over = true;
    other.join();
  });
  both.join();
  if (!pinned)
    GTEST_SKIP() << "this machine does not let a thread keep to one core";
  if (core_delay_ns() == 0)
    GTEST_SKIP() << "this kernel does not tell how long a thread stood in line (schedstat)";
  EXPECT_TRUE(seen);
}

} // namespace
} // namespace bootperf
