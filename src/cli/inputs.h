#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "capture/log/boot_log.h"
#include "phases/rules.h"
#include "session/session.h"

namespace bootperf {

/// What the files given to `show` hold, told apart by their content.
struct Inputs {
  std::vector<BootLog> logs;     ///< in the order given
  std::vector<Session> sessions; ///< likewise, those of a set one by one
};

/// A file that is neither a boot log nor a session is an input error.
Result<Inputs> read_inputs(const std::vector<std::string> &files);

/// The logs' launches, split into phases and labelled with their file's name.
std::vector<Launch> launches_from(const std::vector<BootLog> &logs, const Rules &rules);

} // namespace bootperf
