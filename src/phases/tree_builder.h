#pragma once

#include "phases/phase_tree.h"
#include "phases/placement.h"

namespace bootperf {

/// Makes the tree of the phases that were placed: siblings apart, self times, "(other)", ids.
PhaseTree build_tree(const PlacementInput &input, const Placement &placement);

} // namespace bootperf
