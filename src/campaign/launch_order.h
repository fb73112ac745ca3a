#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bootperf {

/// One launch of a comparison that is to be made.
struct PlannedLaunch {
  std::string subject;  ///< "base" or "head"
  std::string scenario; ///< "Launch/traced"
  bool operator==(const PlannedLaunch &) const = default;
};

/// One block: for each scenario a launch of base and one of head next to each other, which of them
/// comes first and which scenario is first by chance. The same seed and number give the same order,
/// so an interrupted comparison goes on as it would have.
std::vector<PlannedLaunch> block_order(std::uint64_t seed, std::uint64_t number,
                                       const std::vector<std::string> &scenarios);

/// So many launches of base and of head in random order: that they could be swapped is what makes
/// the test of counted launches exact.
std::vector<PlannedLaunch> shuffled_order(std::uint64_t seed, std::uint64_t number,
                                          const std::string &scenario, std::size_t base,
                                          std::size_t head);

} // namespace bootperf
