#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/error.h"

namespace bootperf {

/// What a short command said.
struct CommandOutput {
  int status = 0;   ///< its exit status, or 128 + the signal that ended it
  std::string text; ///< standard output and standard error, as they came
};

/// Runs a command without a shell, with no input, and waits for it. An error of kind io when it
/// cannot be started, has not ended within the limit (it is killed then) or says more than
/// max_bytes.
Result<CommandOutput> run_command(const std::vector<std::string> &arguments,
                                  std::chrono::milliseconds limit = std::chrono::seconds(10),
                                  std::size_t max_bytes = 1u << 24);

} // namespace bootperf
