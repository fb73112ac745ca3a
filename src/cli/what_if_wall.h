#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <string>

#include "base/error.h"
#include "campaign/campaign.h"

namespace bootperf {

/// Blocks of quiet launches that `what-if --wall` makes: so many are enough for an interval that a
/// machine with other work does not blow up.
inline constexpr std::size_t wall_blocks_wanted = 10;

/// A launch of a variant by the clock: quiet, and with the accelerator that this machine has.
Variant quiet_variant(const Variant &counted);

/// Launches the boot as it is and each lever once a block, one at a time and in random order, until
/// each has wall_blocks_wanted blocks with both. What an interrupted run made counts. A lever that
/// does not come up is given up. An error when nothing can be launched, or the user has
/// interrupted.
class WallBlocks {
public:
  /// The variants are quiet ones, the first of them the boot as it is; all outlive it.
  WallBlocks(const std::list<Variant> &variants, Recording &recording, Campaign &campaign)
      : variants_(variants), recording_(recording), campaign_(campaign) {}

  /// How many launches are missing yet, if all come up.
  std::size_t missing() const;
  /// The number of the last block before it; gives that of its last.
  Result<std::int64_t> run(std::int64_t block);

private:
  bool wants_more(const Variant &lever) const;
  Round next_block(std::int64_t block) const;

  const std::list<Variant> &variants_;
  Recording &recording_;
  Campaign &campaign_;
};

} // namespace bootperf
