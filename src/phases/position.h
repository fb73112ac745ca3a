#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "capture/boot_log.h"
#include "phases/line.h"

namespace bootperf {

/// A place among the lines of a launch: 0 is the start of the log, i + 1 is line i, and the number
/// of lines + 1 is the end of the log. Phases are found as positions, so that lines which came in
/// one chunk, at one time, still have an order.
using Position = std::size_t;

/// The lines of a launch, and what every position means in time and instructions.
struct Positions {
  std::vector<Line> lines;
  std::vector<std::int64_t> t_ns;          ///< never decreases, never negative
  std::vector<std::uint64_t> instructions; ///< never decreases; 0 before the first count
  bool counted = false;                    ///< some event carries a count

  Position end() const { return t_ns.size() - 1; }
};

Positions make_positions(const std::vector<Event> &events);

} // namespace bootperf
