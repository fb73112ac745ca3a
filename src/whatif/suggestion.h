#pragma once

// What to fix first: what a boot spends where, which lever touches it, and what the lever saved
// when it was measured.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "profile/profile.h"
#include "whatif/lever.h"
#include "whatif/ranking.h"

namespace bootperf {

struct Suggestion {
  Lever lever;
  double spent = 0;                   ///< instructions of the profile that the lever touches
  std::vector<std::string> functions; ///< that most of it is in, longest first, few
  std::optional<LeverOutcome> measured;
};

struct Suggestions {
  double instructions = 0; ///< of the whole launch
  double touched = 0;      ///< of it, what some lever touches
  /// Those that were measured to save, by what they saved; then those that were not measured, by
  /// what is spent where they touch. What was shown to save nothing is left out.
  std::vector<Suggestion> suggestions;
};

/// Pure. A lever that touches nothing in the profile is suggested only where it was measured to
/// save.
Suggestions suggestions_for(const Profile &profile, const std::vector<Lever> &levers,
                            const std::optional<LeverRanking> &measured);

} // namespace bootperf
