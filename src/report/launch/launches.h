#pragma once

#include <string>
#include <vector>

#include "phases/phase_tree.h"
#include "report/text/style.h"
#include "session/session.h"

namespace bootperf {

/// One launch that did not come up, for people.
struct FailedLaunch {
  std::string what;                    ///< which one: a file, "launch 3"
  std::string phase;                   ///< id of the phase it ended in, or ""
  std::string reason;                  ///< or ""
  std::vector<std::string> last_lines; ///< of its console
  std::string backend = {};            ///< "direct", "libvirt", "guest", or ""
};

/// What a timeline is drawn of: launches that may be averaged, and those that may not.
struct Launches {
  std::string title;
  std::vector<const PhaseTree *> trees; ///< not owned
  std::vector<FailedLaunch> failed;
  std::vector<std::string> notes; ///< what else has to be said, a line each
  std::size_t warmups = 0;        ///< left out
  std::size_t rebuilds = 0;       ///< left out: these rebuilt the appliance
  std::size_t untimed = 0;        ///< left out: it is not known how long these took
};

/// The samples of one scenario of a session. When there is none, the tree of the last launch that
/// failed or has no time is given, so that one can see how far it got. The session must outlive the
/// result.
Launches launches_of(const Session &session, const Scenario &scenario);

/// How many of the launches did not measure a phase that ought to be there.
struct NotMeasured {
  std::string phase; ///< id
  std::size_t launches = 0;
};

/// In order of their ids. What lies below a phase that was missing just as often goes without
/// saying.
std::vector<NotMeasured> not_measured(const std::vector<const PhaseTree *> &trees);

/// "Launch/traced: mean of 3 launches".
std::string title_line(const Launches &launches, const TextStyle &style);

/// What has to be said below a timeline: launches that failed, in which phase and why, with the
/// last lines of their console; phases not measured; launches left out.
std::string launch_notes(const Launches &launches, const TextStyle &style);

} // namespace bootperf
