#pragma once

#include "base/error.h"

namespace bootperf {

/// The same in every program of the project (docs/exit-codes in the README).
enum class ExitCode {
  pass = 0,
  regressed = 1,
  wrong_input = 2,
  inconclusive = 3,
  not_measured = 4,
  interrupted = 130,
};

constexpr int to_int(ExitCode code) {
  return static_cast<int>(code);
}

/// Usage, input and io are 2; not_measured is 4; interrupted is 130.
ExitCode exit_code(ErrorKind kind);

} // namespace bootperf
