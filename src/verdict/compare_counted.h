#pragma once

#include <string>

#include "session/session.h"
#include "verdict/check.h"
#include "verdict/policy.h"

namespace bootperf {

/// Compares a counted scenario's launches of base and head by the exact
/// two-sample permutation max-T. They were made in random order, so that they
/// are exchangeable when nothing differs; the looks after each round share
/// alpha.
ScenarioCheck compare_counted(const Session &session, const std::string &scenario,
                              const Policy &policy);

} // namespace bootperf
