#pragma once

// What it would take to decide a comparison of blocks that is open: a budget that cannot do it is
// not spent to its end for nothing.

#include <cstddef>
#include <vector>

#include "verdict/explain/report.h"

namespace bootperf {

/// What phases need that these blocks leave inconclusive, as long as the machine stays as it is: a
/// smallest detectable change shrinks with the square root of the blocks, and is enough where it is
/// the margin, or the change itself where that is larger. 0 where nothing is open, where no phase
/// tells what it can detect, and where one has regressed: that settles it, whatever the others are.
BlocksToDecide blocks_to_decide(const std::vector<PhaseVerdict> &phases, std::size_t blocks);

/// That many more than the budget holds, so that no block of it is likely to decide: the spread of
/// ten blocks is known to a factor of its own, and the first look asks for more than the last.
bool is_out_of_reach(std::size_t blocks, std::size_t most_blocks);

} // namespace bootperf
