#pragma once

#include <string>
#include <vector>

#include "session/session.h"
#include "verdict/check.h"
#include "verdict/compare.h"
#include "verdict/policy.h"

namespace bootperf {

/// Compares scenarios by wall time, block by block, the gated phases of all of
/// them as one family. One check a scenario, in their order.
std::vector<ScenarioCheck> compare_blocks(const Session &session,
                                          const std::vector<std::string> &scenarios,
                                          const Policy &policy, const CompareOptions &options);

} // namespace bootperf
