#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "campaign/campaign.h"
#include "campaign/recording.h"
#include "capacity/capacity.h"

namespace bootperf {

/// What `bootperf capacity` launches.
struct CapacityPlan {
  LaunchRequest request; ///< without a log
  std::string scenario;  ///< "Launch/quiet"
  std::size_t most_at_once = 256;
  std::size_t rounds = 4; ///< launches of a level, for each of those at once
  /// Bytes that programs can still take, asked before each level; 0: not known.
  std::function<std::uint64_t()> available_memory = [] { return std::uint64_t{0}; };
  std::function<std::int64_t()> now_ns = monotonic_ns;
};

/// Launches 1, 2, 4, … at once until that makes no more guests a minute, or their memory would not
/// be there. The recording's session holds each as soon as it has ended. An error when no launch
/// could be made or the user has interrupted: the levels before are there.
Result<void> run_capacity(const CapacityPlan &plan, Recording &recording,
                          CampaignObserver &observer,
                          const std::function<void(const CapacityLevel &)> &level_ended);

} // namespace bootperf
