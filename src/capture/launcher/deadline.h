#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <sys/types.h>

#include "capture/launcher/failure.h"

namespace bootperf {

/// While one exists, the first SIGINT, SIGTERM, SIGHUP or SIGPIPE is remembered instead of ending
/// the program; another one more than two seconds later, SIGPIPE apart, ends it. A signal that the
/// program ignores stays ignored.
class Interruption {
public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption &) = delete;
  Interruption &operator=(const Interruption &) = delete;

  bool raised() const;
  /// Becomes readable, and stays so, when it is raised: for poll().
  int descriptor() const;
};

/// Waits until the process has ended, the deadline has passed or the descriptor has become
/// readable (-1: none). The process is not reaped; how one ended is known of own children only.
WorkerFate await_process(pid_t pid, std::chrono::milliseconds deadline, int interruption);

} // namespace bootperf
