#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "capture/facts/worker_facts.h"
#include "capture/log/boot_log.h"

namespace bootperf {

/// How the worker process ended.
struct WorkerFate {
  enum class Kind { exited, signalled, deadline, interrupted };
  Kind kind = Kind::exited;
  int code = 0; ///< exit status or signal
};

/// The words with which the reasons of the causes begin that are told apart later on.
namespace failure {
inline constexpr std::string_view hung = "hung: ";
inline constexpr std::string_view qemu_died = "qemu died: ";
inline constexpr std::string_view kernel_panic = "kernel panic: ";
inline constexpr std::string_view kvm = "KVM does not work: ";
inline constexpr std::string_view appliance = "appliance could not be built: ";
inline constexpr std::string_view launch = "guestfs_launch failed: ";
} // namespace failure

/// Why a launch failed, for people, in one line that is safe to print; none when it did not. The
/// most telling cause wins: a panic over the qemu that ended by it, qemu's own words over
/// libguestfs' "launch failed".
std::optional<std::string> failure_reason(const WorkerFate &fate,
                                          std::chrono::milliseconds deadline,
                                          const WorkerFacts &facts,
                                          const std::vector<Event> &events);

/// The error of a worker that could not even begin a launch: a wrong argument, a log that cannot be
/// written, a library that is missing. Output is what it printed.
std::optional<Error> start_failure(const WorkerFate &fate, std::string_view output);

} // namespace bootperf
