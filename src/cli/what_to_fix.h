#pragma once

#include <string>

#include "base/error.h"
#include "profile/profile.h"
#include "session/session.h"
#include "whatif/suggestion.h"

namespace bootperf {

/// What `suggest`, and the page of `report`, are asked for.
struct WhatToFix {
  std::string profile;
  std::string measured; ///< a session of levers; "": the standard one where it is there
  std::string levers;   ///< a file of more levers; "": the shipped ones
};

/// What to fix first by a profile, and by what levers saved when they were measured. A session of
/// levers that only lies there, and is of no use, is left out with a note on standard error.
Result<Suggestions> what_to_fix(const WhatToFix &asked);

/// The same beside a session, by a profile that was read: an input error where it booted another
/// kernel than was profiled. Base may have.
Result<Suggestions> what_to_fix_in(const Session &session, const Profile &profile,
                                   const WhatToFix &asked);

} // namespace bootperf
