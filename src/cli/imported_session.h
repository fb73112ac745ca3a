#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "capture/log/boot_log.h"
#include "phases/rules.h"
#include "session/session.h"

namespace bootperf {

/// What is said of logs that do not say it themselves.
struct ImportLabels {
  std::vector<std::string> keys; ///< "K=V", for keys that a log lacks
  std::string scenario;          ///< "": Launch/MODE
};

/// A session of logs that were recorded elsewhere, in their order, with a new id. Launches of one
/// scenario that were not made alike are an input error.
Result<Session> session_of_logs(std::vector<BootLog> logs, const ImportLabels &labels,
                                const Rules &rules);

} // namespace bootperf
