#pragma once

#include <cstddef>
#include <filesystem>
#include <list>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "campaign/campaign.h"
#include "guest/guest.h"
#include "report/launch/campaign_display.h"
#include "whatif/lever.h"
#include "whatif/proof.h"

namespace bootperf {

/// What a session of levers launches.
struct WhatIfPlan {
  LaunchRequest as_it_is;                  ///< counted, without a log
  std::vector<Lever> levers;               ///< in the order asked for
  std::filesystem::path scratch;           ///< for what is made for the levers
  int launches = 3;                        ///< of each lever
  int jobs = 1;                            ///< at a time
  bool together = false;                   ///< what saves, in one launch, and without each
  bool wall = false;                       ///< quiet launches, too, in blocks
  double alpha = 0.01;                     ///< of all levers
  std::vector<Guest> floor = {};           ///< guests that are launched beside them, counted
  std::vector<std::string> arguments = {}; ///< to resume it with
  std::string fingerprint = {};            ///< of the levers
};

/// Tries levers: launches the boot as it is and the boot with each lever in turn, in random order.
/// A lever that cannot be had costs nothing; one that does not come up, or has no effect on the
/// guest, costs one launch.
class WhatIfRun {
public:
  /// All outlive it; the recording's session may hold launches of an interrupted run, which count.
  /// The levers are those that the prover knows: combinations are added to them.
  WhatIfRun(const WhatIfPlan &plan, std::vector<Lever> &levers, const ProvingLauncher &prover,
            Recording &recording, Progress &progress);

  /// An error when the boot as it is does not come up, or the user has interrupted: the session
  /// holds what was launched.
  Result<void> run();

private:
  struct Trial {
    Variant variant;
    std::string refused;        ///< why it is not launched (any more)
    std::string uncounted = {}; ///< why it is launched by the clock alone
    bool is_combination = false;
    bool is_over = false; ///< it failed, so that no more is launched
  };

  Result<void> try_levers();
  Result<void> launch_floor();
  Result<void> launch_wall(bool combinations);
  std::list<Variant> wall_variants(bool combinations) const;
  Result<void> warm_up();
  void find_delay_loops();
  void add_trial(const Lever &lever, bool is_combination);
  void publish();
  Result<void> launch_all_rounds(std::size_t base_before);
  Result<void> launch_round(const std::map<std::string, std::size_t> &wanted);
  bool is_launched(const Trial &trial) const;
  bool is_counted(const Trial &trial) const;
  void begin_block();
  void add_combinations();
  void remove_files(const std::string &lever) const;
  void say_plan();
  std::size_t samples(const std::string &subject) const;
  void give_up_what_fails();
  std::size_t failures(const std::string &subject) const;
  std::size_t base_launches() const;

  const WhatIfPlan &plan_;
  std::vector<Lever> &levers_;
  const ProvingLauncher &prover_;
  Recording &recording_;
  Progress &progress_;
  CampaignDisplay display_;
  Campaign campaign_;
  Variant base_;
  std::list<Trial> trials_;                 ///< a list: orders point at its variants
  std::chrono::nanoseconds warm_launch_{0}; ///< guestfs_launch of the boot as it is
  std::int64_t block_ = 0;
  bool is_resumed_ = false; ///< block_ may lack launches
  int planned_wall_ = 0;    ///< quiet launches, of all levers by themselves
};

} // namespace bootperf
