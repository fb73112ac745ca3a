#pragma once

#include <list>
#include <string>
#include <vector>

#include "campaign/campaign.h"
#include "guest/guest.h"

namespace bootperf {

/// Why a guest of the floor cannot be counted here, or "".
std::string floor_refusal(const Guest &guest);

/// The launches of guests that only come up.
struct FloorRound {
  std::list<Variant> variants; ///< a list: orders point at them
  Round round;
};

/// What is missing of two counted launches of each guest that can be had; each is launched as the
/// boot as it is, but for the guest.
FloorRound floor_round(const std::vector<Guest> &guests, const LaunchRequest &as_it_is,
                       const Session &session, int jobs);

} // namespace bootperf
