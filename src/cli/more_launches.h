#pragma once

#include "base/error.h"
#include "cli/child.h"
#include "cli/launch_options.h"
#include "session/session.h"
#include "verdict/policy/policy.h"

namespace bootperf {

/// Launches by boot_benchmarks, and launches more for a session that exists.

/// Runs boot_benchmarks and waits for it. Its exit code; an error when it cannot be started, or
/// ends in a way of its own.
Result<ExitCode> launch_benchmarks(const LaunchOptions &options, ChildOutput output);

/// Launches that were made for a session that exists.
struct MoreLaunches {
  Result<ExitCode> outcome; ///< of boot_benchmarks
  Session session;          ///< with every launch that has ended
};

/// Makes launches of one scenario, the one that was asked for, and adds them to the session and to
/// its file, without warm-ups. They are written into a file of their own first: were this
/// interrupted, the session would stand as it was. That file goes once the session holds its
/// launches.
Result<MoreLaunches> add_launches(Session session, const LaunchOptions &asked, int launches,
                                  int jobs, ChildOutput output, const Policy &policy);

} // namespace bootperf
