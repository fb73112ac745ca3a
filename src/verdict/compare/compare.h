#pragma once

// The comparison: base and head, launched together in one session, against each other.

#include <string>
#include <vector>

#include "session/session.h"
#include "verdict/compare/scenario_comparison.h"
#include "verdict/explain/report.h"
#include "verdict/policy/policy.h"

namespace bootperf {

/// Decides a session whose launches are of "base" and "head". Pure: the same session and policy
/// give the same report, so a verdict can be had again from the session's file.
///
/// Wall time: sign flips over blocks, the gated phases of all scenarios as one family. Counted
/// scenarios: the exact two-sample test, each scenario a family. A negative control that moves, too
/// many failed launches and a gated phase that is missing are not measured.
CheckReport compare_session(const Session &session, const Policy &policy,
                            const CompareOptions &options);

/// The scenarios with launches of base and of head, in the session's order.
std::vector<std::string> compared_scenarios(const Session &session);

/// True when nothing that more launches could decide is open.
bool all_decided(const CheckReport &report);

} // namespace bootperf
