#pragma once

// A profile made small enough to be committed, and whole ones made comparable with it.

#include <cstddef>

#include "base/error.h"
#include "profile/profile.h"

namespace bootperf {

/// One launch of a profile, with the functions that matter: as many of its longest rows as leave
/// the recorded form no larger than this. What the others ran is added up by phase and object under
/// the name other_functions, so that every sum stays as it was. Of several launches the one in the
/// middle is taken, by instructions: what all of its rows add up to was really run.
///
/// A not-measured error when there is no launch, an input error when it cannot be made so small.
Result<Profile> excerpt_of(const Profile &profile, std::size_t most_bytes);

/// A whole profile as an excerpt of another one has it: named are the functions that the excerpt
/// names in a phase, and those that ran at least as much as the least of them; the rest is added
/// up. So a function that only the whole one names ran less than that in the other. Of an excerpt
/// that leaves nothing out it is the profile itself.
Profile excerpted_like(const Profile &whole, const Profile &excerpt);

/// The part of a profile that lies in a phase and in those below it.
Profile part_of(const Profile &profile, const std::string &phase);

} // namespace bootperf
