#pragma once

#include <string>

#include "base/error.h"
#include "report/launch/formats.h"
#include "session/session.h"

namespace bootperf {

/// The console lines of those boot logs (*.jsonl) in a directory that are of launches of this
/// session. A log is of the launch whose phases begin and end at the same nanoseconds; what it is
/// named does not matter. Logs of other sessions are passed over; one that cannot be read is an
/// error. The rules are those the session was made with: a file, or "" for those shipped inside.
Result<LaunchLines> lines_of_launches(const Session &session, const std::string &directory,
                                      const std::string &rules);

} // namespace bootperf
