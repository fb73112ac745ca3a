#pragma once

// A new wait that a later one swallows: its place moved, and the boot did not become longer. What
// ends at a time of day, and what is ready when the host is, does so however long the guest slept
// before. (Debian 12's udev settles until the clock chip's next full second: a `sleep 0.3` before
// it makes the launch no longer, unless it misses that second.)

#include <vector>

#include "verdict/explain/report.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {

/// Lets a phase pass that would have regressed by waiting, where it waits so much less for devices
/// that it is not halted for longer by its floor. A busy host only ever lengthens a wait for a
/// device, so it is the shortest on each side that are compared; a phase whose waits for devices
/// were not measured is not halted any less.
///
/// The phases are judged ones, with their means and floors in ns; the samples are those that they
/// were judged by. All other verdicts stay. Where the wait went is told as what moved (moved.h),
/// since the phase passes.
void pass_swallowed_waits(std::vector<PhaseVerdict> &phases, const PhaseSamples &samples);

} // namespace bootperf
