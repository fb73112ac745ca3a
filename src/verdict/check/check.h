#pragma once

// The check: a session against the committed baselines.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "session/session.h"
#include "verdict/baseline/baseline.h"
#include "verdict/explain/report.h"
#include "verdict/policy/policy.h"

namespace bootperf {

struct CheckOptions {
  /// Wall time: the baseline was made moments before on this machine.
  bool same_session = false;
  std::optional<Metric> metric;         ///< overrides: instructions in counted mode, wall otherwise
  std::string directory = "thresholds"; ///< for the commands in messages
  std::string session_path = "SESSION"; ///< for the commands in messages
  /// Where a baseline is missing, name the command that makes one; a caller that makes one itself
  /// does not.
  bool name_update_command = true;
  /// What was to be launched: a scenario that the session lacks is not measured.
  std::vector<std::string> scenarios = {};
  std::uint64_t max_assignments = 200'000; ///< beyond, they are drawn
};

/// Pure: decides from what it is given.
CheckReport check_session(const Session &session, const std::vector<Baseline> &baselines,
                          const Policy &policy, const CheckOptions &options);

/// The scenarios of which more launches may still decide: they decide and are inconclusive, and
/// nothing has regressed or could not be measured.
std::vector<std::string> undecided(const CheckReport &report);

/// "bootperf baseline update SESSION --thresholds DIR": what makes a baseline of a session.
std::string update_command(const CheckOptions &options);

} // namespace bootperf
