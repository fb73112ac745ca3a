#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "capture/facts/worker_facts.h"
#include "capture/log/boot_log.h"
#include "capture/log/cause.h"

namespace bootperf {

/// How the worker process ended.
struct WorkerFate {
  enum class Kind { exited, signalled, deadline, interrupted };
  Kind kind = Kind::exited;
  int code = 0; ///< exit status or signal
};

/// Why a launch failed, for people, in one line that is safe to print; none when it did not. The
/// first cause that its log tells (cause.h) wins over how the worker ended.
std::optional<std::string> failure_reason(const WorkerFate &fate,
                                          std::chrono::milliseconds deadline,
                                          const WorkerFacts &facts,
                                          const std::vector<Event> &events);

/// The error of a worker that could not even begin a launch: a wrong argument, a log that cannot be
/// written, a library that is missing. Output is what it printed.
std::optional<Error> start_failure(const WorkerFate &fate, std::string_view output);

} // namespace bootperf
