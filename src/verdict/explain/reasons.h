#pragma once

// Why a phase or a scenario has no verdict, in words for people.

#include <string>
#include <vector>

#include "verdict/explain/report.h"
#include "verdict/policy/policy.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {

/// Why a phase that enough launches were made for is neither regressed, nor improved, nor a pass.
/// margin is a ratio − 1.
std::string undecided_reason(const PhaseVerdict &phase, double margin, double alpha);

/// That more launches failed than the policy allows, or "". `of` names them: "", or " of base".
std::string failures_reason(const SampleLaunches &samples, const Policy &policy,
                            const std::string &of);

/// What a gate names among these ids, not judged yet; not measured when it names none or several.
PhaseVerdict unjudged_phase(const Gate &gate, const std::vector<std::string> &ids);

/// Calls the phases not measured for this reason that have none yet.
void mark_not_measured(std::vector<PhaseVerdict> &phases, const std::string &reason);

} // namespace bootperf
