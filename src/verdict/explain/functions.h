#pragma once

// Which functions the additional work of a phase is in.

#include "profile/profile.h"
#include "verdict/explain/report.h"

namespace bootperf {

/// Instructions decide here, and work regressed: what a profile can be asked about.
bool has_more_work(const ScenarioCheck &check);

/// Names the functions behind every gated phase whose work regressed and behind the places below
/// it, by a profile of each side; `base` may be an excerpt. One launch of a side says nothing of
/// how far a function varies, so only those are named that carry a real share of the phase's
/// change, a twentieth or more, in its direction; at most five.
void name_functions(ScenarioCheck &check, const Profile &base, const Profile &head);

} // namespace bootperf
