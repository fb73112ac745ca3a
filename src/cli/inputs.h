#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "capture/log/boot_log.h"
#include "phases/rules.h"
#include "report/launch/formats.h"
#include "session/session.h"

namespace bootperf {

/// Recorded launches that people name on the command line: boot logs, sessions, directories of
/// logs.

/// What the files given hold, told apart by their content. A text may hold several logs.
struct Inputs {
  std::vector<BootLog> logs;     ///< in the order given
  std::vector<Session> sessions; ///< likewise, those of a set one by one
};

/// A file that is neither a boot log, nor a session, nor text in which there is a launch is an
/// input error. "-" is standard input.
Result<Inputs> read_inputs(const std::vector<std::string> &files);

/// Whether a file begins as a boot log, a session or a set of sessions does; compressed, too.
bool holds_launches(const std::string &file);

/// The logs' launches, split into phases and labelled with their file's name.
std::vector<Launch> launches_from(const std::vector<BootLog> &logs, const Rules &rules);

/// The console lines of those boot logs (*.jsonl) in a directory that are of launches of this
/// session. A log is of the launch whose phases begin and end at the same nanoseconds; what it is
/// named does not matter. Logs of other sessions are passed over; one that cannot be read is an
/// error. The rules are those the session was made with: a file, or "" for those shipped inside.
Result<LaunchLines> lines_of_launches(const Session &session, const std::string &directory,
                                      const std::string &rules);

} // namespace bootperf
