#pragma once

#include <optional>
#include <string>
#include <vector>

#include "verdict/baseline.h"
#include "verdict/check.h"
#include "verdict/evidence.h"
#include "verdict/machine_class.h"
#include "verdict/policy.h"

namespace bootperf {

/// The baselines of this class. More than one is a mistake of whoever keeps the directory.
std::vector<const Baseline *> baselines_of(const std::vector<Baseline> &baselines,
                                           const MachineClass &machine_class, const Policy &policy);

/// The baseline of the same metric that differs in the fewest keys; one of the same scenario is
/// nearer than any other. Null when there is no baseline of the metric.
const Baseline *nearest_baseline(const std::vector<Baseline> &baselines,
                                 const MachineClass &machine_class, const Policy &policy);

/// In which keys the nearest baseline differs. Empty when there is none.
std::vector<ClassDifference> nearest_differences(const std::vector<Baseline> &baselines,
                                                 const MachineClass &machine_class,
                                                 const Policy &policy);

/// The id that a gate names among these: the id itself or its end, at a " > ".
struct GatedPhase {
  std::string id;     ///< the gate's own words when no phase or several match
  std::string reason; ///< "" when exactly one matches
};
GatedPhase phase_of(const Gate &gate, const std::vector<std::string> &ids);

/// The ids that any of these launches has.
std::vector<std::string> phase_ids(const std::vector<const PhaseValues *> &launches);

/// What a gate names among these ids, not judged yet; not measured when it names none or several.
PhaseVerdict unjudged(const Gate &gate, const std::vector<std::string> &ids);

} // namespace bootperf
