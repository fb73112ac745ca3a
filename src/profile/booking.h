#pragma once

#include <vector>

#include "capture/counter/block_record.h"
#include "capture/log/boot_log.h"
#include "phases/rules.h"
#include "profile/profile.h"

namespace bootperf {

/// Books what a launch ran by phase and function. `functions` names that of each block of the
/// record. Phases are found in the launch's log, and each hand-over of the record is booked whole
/// to the phase in which it lies; so the counts of a phase are those at the moments at which the
/// plugin handed over, a little after the ones in the log.
Profile book(const BootLog &log, const BlockRecord &record,
             const std::vector<ProfileFunction> &functions, const Rules &rules);

} // namespace bootperf
