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

/// Why a phase that waited longer may have done so for the host, or "": a launch does not wait
/// longer by the floor, or they were halted for devices for half of the change or more. A disk that
/// is busy delays reads, now here and now there, and where the guest's clock ticks meanwhile a part
/// of that looks like the guest's own waiting; a sleep is in every launch, and halts for no device.
std::string host_waits_reason(const PhaseVerdict &phase, const SampleLaunches &launches);

/// Makes a phase that regressed inconclusive where there is such a reason.
void doubt_host_waits(PhaseVerdict &phase, const SampleLaunches &launches);

/// That more launches failed than the policy allows, or "". `of` names them: "", or " of base".
std::string failures_reason(const SampleLaunches &samples, const Policy &policy,
                            const std::string &of);

/// What a gate names among these ids, not judged yet; not measured when it names none or several.
PhaseVerdict unjudged_phase(const Gate &gate, const std::vector<std::string> &ids);

/// Calls the phases not measured for this reason that have none yet.
void mark_not_measured(std::vector<PhaseVerdict> &phases, const std::string &reason);

} // namespace bootperf
