#pragma once

#include <vector>

#include "phases/placement.h"
#include "phases/rule.h"

namespace bootperf {

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

} // namespace bootperf
