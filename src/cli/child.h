#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace bootperf {

enum class ChildOutput {
  inherited,
  to_standard_error, ///< what it prints must not mix with a report in JSON or markdown
  only_errors,       ///< its standard output is of no interest
};

/// Runs a program and waits for it. SIGINT, SIGTERM and SIGHUP are handed on, each once even when
/// they come in a burst (`timeout` sends two, and a second one would end the launches unswept); it
/// ends with this process. Returns its exit status, or 128 + the signal that ended it. The first of
/// the words is the program's path.
Result<int> run_child(std::vector<std::string> words, ChildOutput output);

} // namespace bootperf
