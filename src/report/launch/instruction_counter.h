#pragma once

#include <cstdint>
#include <vector>

#include "phases/lines.h"
#include "phases/phase_tree.h"

namespace bootperf {

/// Guest instructions a launch had executed at a time.
struct CountAt {
  std::int64_t t_ns = 0;
  double instructions = 0;
};

/// From the lines that carry a count. In order of time.
std::vector<CountAt> counts_of(const std::vector<Line> &lines);

/// From the phases alone: a count at each begin and end. It is exact at the ends of phases without
/// children that follow each other closely; instructions that no phase of a level covers are spread
/// over its gaps by time. In order of time, never decreasing. Empty when nothing was counted.
std::vector<CountAt> counts_of(const PhaseTree &tree);

} // namespace bootperf
