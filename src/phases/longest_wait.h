#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "phases/lines.h"
#include "phases/phase_tree.h"

namespace bootperf {

/// What is shorter is not looked for.
inline constexpr std::uint64_t least_long_wait_ns = 100'000'000;

/// A part of a launch.
struct Piece {
  Position begin = 0, end = 0;
};

/// Where in these pieces of a launch, in order of time, its shell waited most for timers of the
/// guest's own: /init says each of its commands before it runs it, so that two of them enclose
/// what took the time. None below least_long_wait_ns, where waiting was not measured, and where no
/// two commands enclose it.
std::optional<LongestWait> longest_wait(const Positions &positions,
                                        const std::vector<Piece> &pieces);

} // namespace bootperf
