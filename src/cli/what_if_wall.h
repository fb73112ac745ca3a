#pragma once

#include <cstddef>
#include <cstdint>
#include <list>

#include "base/error.h"
#include "campaign/campaign.h"
#include "report/launch/progress.h"

namespace bootperf {

/// Blocks of quiet launches that `what-if --wall` makes: so many are enough for an interval that a
/// machine with other work does not blow up.
inline constexpr std::size_t wall_blocks_wanted = 10;

/// A launch of a variant by the clock: quiet, and with the accelerator that this machine has.
Variant quiet_variant(const Variant &counted);

/// Launches the boot as it is and each lever once a block, one at a time and in random order, until
/// each has wall_blocks_wanted blocks with both. What an interrupted run made counts. A lever that
/// does not come up is given up.
class WallBlocks {
public:
  /// The variants are quiet ones, the first of them the boot as it is; all outlive it.
  WallBlocks(const std::list<Variant> &variants, Recording &recording, Campaign &campaign,
             Progress &progress)
      : variants_(variants), recording_(recording), campaign_(campaign), progress_(progress) {}

  /// How many launches are missing yet, if all come up.
  std::size_t missing() const;
  /// From the number of the last block before it to that of its last; missing() launches have been
  /// added to the progress. An error of kind not_measured when the boot as it is does not come up
  /// quietly, or fails in so many blocks that levers are left with fewer; any other one when
  /// nothing more can be launched.
  Result<std::int64_t> run(std::int64_t block);

private:
  Result<void> warm_up();
  bool wants_more(const Variant &lever) const;
  Round next_block(std::int64_t block) const;
  std::size_t failures_as_it_is() const;

  const std::list<Variant> &variants_;
  Recording &recording_;
  Campaign &campaign_;
  Progress &progress_;
};

} // namespace bootperf
