#pragma once

#include <string>
#include <vector>

#include "phases/phase_tree.h"
#include "phases/placement.h"
#include "phases/rule.h"

namespace bootperf {

// The last step of splitting: from the phases that were placed to the tree of them.

/// The levels of the tree, by index of instance.
struct Levels {
  std::vector<std::vector<std::size_t>> children; ///< in order of their beginnings
  std::vector<bool> overlaps;                     ///< overlaps a sibling that is summed
  std::vector<bool> dropped;                      ///< no phase after all, with everything in it
};

/// Puts siblings in order. Of siblings that overlap those that end first are summed, the others
/// are listed only. A phase without an end after which a sibling began did not last to the end of
/// the log: its end was missed, and it is dropped.
Levels arrange_siblings(const RuleSet &set, const Placement &placement);

/// The ids of the phases that this launch ought to have and of which none was found: their rules
/// are certainly meant for it and not optional. In the rules' order.
std::vector<std::string> find_not_measured(const RuleSet &set, const BootLog &log,
                                           const Placement &placement,
                                           const std::vector<bool> &dropped);

/// Makes the tree of the phases that were placed: siblings apart, self times, "(other)", ids.
PhaseTree build_tree(const PlacementInput &input, const Placement &placement);

} // namespace bootperf
