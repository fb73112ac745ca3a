#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <sys/types.h>

#include "capture/failure.h"

namespace bootperf {

/// Waits until the process has ended, the deadline has passed or the descriptor has become
/// readable (-1: none). The process is not reaped; how one ended is known of own children only.
WorkerFate await_process(pid_t pid, std::chrono::milliseconds deadline, int interruption);

/// Kills what is left of the process, of its group and of everything whose environment holds the
/// mark, and reaps it. Returns the CPU time of them all and of the children that they reaped, in
/// ns. The caller has to be the reaper of its orphaned descendants (PR_SET_CHILD_SUBREAPER).
std::int64_t kill_and_reap(pid_t pid, const std::string &mark);

/// Becomes the reaper of orphaned descendants, for good.
void adopt_orphans();

} // namespace bootperf
