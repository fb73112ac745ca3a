#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "cli/thresholds.h"
#include "report/check/context.h"
#include "session/session.h"
#include "verdict/check/check.h"

namespace CLI {
class App;
}

namespace bootperf {

/// How much is told of a check, in text.
enum class Detail {
  brief, ///< the verdict, and where
  usual, ///< the tables, too, and the longest phases
  full   ///< and the timeline
};

/// What `check` and `gate` have in common.
struct CheckFlags {
  std::string directory = "thresholds";
  bool same_session = false;
  std::string metric; ///< "": the one that decides for the mode
  std::string format = "text";
  Detail detail = Detail::usual;
  std::string reproduce; ///< what the report says repeats it; "": as the verb would be repeated
  std::string artifact;  ///< of the CI run, that keeps the session; "": none
  std::string summary;   ///< a file that the markdown report is appended to; "": none
  bool name_update_command = true;    ///< where a baseline is missing; see CheckOptions
  std::vector<std::string> scenarios; ///< that were to be launched; see CheckOptions
};

void add_check_flags(CLI::App &verb, CheckFlags &flags);

void add_quiet_flag(CLI::App &verb, CheckFlags &flags);
/// Of verbs that tell of launches, too.
void add_full_flag(CLI::App &verb, CheckFlags &flags);

/// Of verbs that launch: --no-profile, and whether it, or what implies it, was not given.
void add_no_profile_flag(CLI::App &verb);
bool wants_profile(const CLI::App &verb);

/// That the summary is appended to none of these files, to none of the thresholds, and to no file
/// that holds launches: a usage error.
Result<void> check_summary(const CheckFlags &flags, const std::vector<std::string> &files);

/// The check of a session that came from this file.
CheckReport check(const Session &session, const std::string &file, const Thresholds &thresholds,
                  const CheckFlags &flags);

/// Writes the report to standard output in the format asked for, and the summary.
Result<void> publish(const CheckReport &report, const CheckContext &context,
                     const CheckFlags &flags);

/// The same, and behind a report in text the launches that were checked, as far as `flags` wants
/// them told, and the commands that say more of their file.
Result<void> publish_with_launches(const CheckReport &report, const CheckContext &context,
                                   const Session &session, const std::string &file,
                                   const CheckFlags &flags);

/// Says something more than a report holds: after a report in text, else to standard error; in the
/// summary, too.
Result<void> publish_remark(const std::string &sentence, const CheckFlags &flags);

} // namespace bootperf
