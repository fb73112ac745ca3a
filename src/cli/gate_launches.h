#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/launch_options.h"
#include "session/session.h"
#include "verdict/policy/policy.h"

namespace bootperf {

/// What a gate launches, scenario by scenario, into one session: what was asked for, and as the
/// policy says where nothing was.
struct GateLaunches : LaunchOptions {
  bool jobs_given = false; ///< else counted launches are made as many at a time as there are cores

  /// The scenarios that were asked for, or those that the policy names.
  std::vector<std::string> scenarios_of(const Policy &policy) const;
  /// So many launches, as many at a time as is good for a count.
  int jobs_for(std::size_t launches) const;
  /// The same options for one scenario.
  LaunchOptions of(const std::string &scenario) const;
};

/// Whether the count decides, which holds beside other launches.
bool is_counted(const std::string &scenario);

/// What came of a gate's first launches.
struct FirstLaunches {
  ExitCode outcome = ExitCode::pass; ///< the worst of them; not_measured where launches failed
  std::optional<Session> session;    ///< none where the outcome ends the gate
};

/// Launches each scenario as often as was asked for, or else as the policy says.
Result<FirstLaunches> make_first_launches(const GateLaunches &asked,
                                          const std::vector<std::string> &scenarios,
                                          const Policy &policy);

/// The session with one more launch of each of these scenarios that may have one: of those that are
/// counted, unless a fixed number of launches was asked for. Where three launches tell no more than
/// two it is as it was.
Result<Session> with_one_more_of_each(Session session, const std::vector<std::string> &scenarios,
                                      const GateLaunches &asked, const Policy &policy);

} // namespace bootperf
