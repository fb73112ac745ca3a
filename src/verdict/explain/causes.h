#pragma once

// What may be behind a change: versions that differ, work or waiting.

#include <string>
#include <vector>

#include "verdict/baseline/baseline.h"
#include "verdict/explain/report.h"
#include "verdict/policy/policy.h"

namespace bootperf {

/// Versions that differ between the newest session of a baseline and a scenario: libguestfs, qemu,
/// "package:NAME". Nothing when one of the two recorded none.
std::vector<VersionDifference> version_differences(const Baseline &baseline,
                                                   const Scenario &scenario);

/// Fills in wall_ratio, instruction_ratio, kind and work_share of judged phases and of the places
/// below them, from whatever scenarios of the session have a baseline for the other metric: wall
/// time of a traced scenario (counted launches skip sleeps), instructions of a counted one, else
/// those of the scenario itself. "work": instructions moved, by the tolerance or more (of the
/// phase's gate for that metric, else of the nearest gate around it). "waiting": wall time moved,
/// instructions did not. "work and waiting": both did, and wall time by the tolerance more.
void add_work_and_waiting(ScenarioCheck &check, const Session &session,
                          const std::vector<Baseline> &baselines, const Policy &policy);

} // namespace bootperf
