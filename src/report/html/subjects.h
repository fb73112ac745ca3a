#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "session/session.h"

namespace bootperf {

/// A launch of a scenario with its number among all of them, counted from 1.
struct NumberedLaunch {
  std::size_t number = 0;
  const Launch *launch = nullptr; ///< not owned
};

/// The launches of one subject that are drawn.
struct SubjectLaunches {
  std::string name;
  std::vector<NumberedLaunch> launches;
};

/// The subjects of a scenario with their samples, "base" first, else in the order of the session.
/// Of a scenario in which nothing came up the last failed launch is given, so that one can see how
/// far it got. The session must outlive the result.
std::vector<SubjectLaunches> subjects_of(const Session &session, const Scenario &scenario);

/// The launches of a scenario that did not come up.
std::vector<NumberedLaunch> failed_launches(const Session &session, const Scenario &scenario);

} // namespace bootperf
