#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "verdict/baseline/baseline.h"
#include "verdict/policy/policy.h"

namespace bootperf {

/// The directory of thresholds: the policy that people write and the baselines that the tool
/// writes.

/// The policy.yaml of a directory. Where there is none, the error says how to get the one to begin
/// with that an installed bootperf brings along.
Result<Policy> policy_in(const std::string &directory);

/// The policy and the baselines of a directory.
struct Thresholds {
  Policy policy;
  std::vector<Baseline> baselines;
};

Result<Thresholds> load_thresholds(const std::string &directory);

} // namespace bootperf
