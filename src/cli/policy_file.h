#pragma once

#include <string>

#include "base/error.h"
#include "verdict/policy/policy.h"

namespace bootperf {

/// The policy.yaml of a directory. Where there is none, the error says how to get the one to begin
/// with that an installed bootperf brings along.
Result<Policy> policy_in(const std::string &directory);

} // namespace bootperf
