#pragma once

#include "capture/log/boot_log.h"
#include "phases/phase_tree.h"

namespace bootperf::fuzz {

/// Splits a launch by the shipped rules, and checks the tree and what is said of the launch.
PhaseTree require_good_launch(const BootLog &log);

/// Checks what people see of a launch.
void require_good_outline(const BootLog &log, const PhaseTree &tree);

/// Checks all that is printed of a launch, and the session that it makes.
void require_good_outputs(const BootLog &log, const PhaseTree &tree);

} // namespace bootperf::fuzz
