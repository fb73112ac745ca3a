#pragma once

// How much sooner the appliance is up with a lever, by the clock: quiet launches with it against
// quiet launches of the boot as it is, block by block.

#include <cstddef>
#include <optional>
#include <string>

#include "session/session.h"

namespace bootperf {

/// How a session of levers calls its quiet launches; their subjects are those of the counted ones.
inline constexpr const char *wall_scenario = "Launch/quiet";

/// Of each lever alone, not of all together: it decides nothing.
inline constexpr double wall_confidence = 0.95;

/// With fewer the interval has no end (Hollander & Wolfe 1999, table A.4: 2 / 2⁶ ≤ 0.05).
inline constexpr std::size_t least_wall_blocks = 6;

struct WallTime {
  std::string failure =
      {};                 ///< of the launch with which the lever was given up; "" where none failed
  std::size_t blocks = 0; ///< in which both came up
  double as_it_is_ns = 0, with_ns = 0; ///< medians of guestfs_launch
  double ratio = 1;                    ///< with the lever over without, of the same block
  double low = 0, high = 0;            ///< its interval at wall_confidence; 0 and ∞ of few blocks
};

/// The blocks of a session in which both the boot as it is and the lever came up quietly.
std::size_t wall_blocks(const Session &session, const std::string &lever);

/// What quiet launches of the boot as it is ran under: "kvm", "tcg"; "" where none were made.
std::string wall_accelerator(const Session &session);

/// The Hodges–Lehmann estimate of the blocks' log ratios and its exact interval
/// (statistics/hodges_lehmann.h); none where the lever was not launched quietly. Without a block
/// that has both only the failure is known.
std::optional<WallTime> wall_time(const Session &session, const std::string &lever);

} // namespace bootperf
