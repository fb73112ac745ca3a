#pragma once

// What a lever came to, in words and numbers, the same on the terminal and on the page.

#include <string>
#include <vector>

#include "report/text/style.h"
#include "whatif/ranking.h"

namespace bootperf {

/// "−2.15 s"; "0.00 s" of what two places do not show.
std::string signed_seconds(double nanoseconds, const TextStyle &style);

/// "−25.3 %" of the launch's work, and "±0.12 %"; "" where it was not measured.
std::string work_change(const LeverOutcome &outcome, const TextStyle &style);
std::string work_interval(const LeverOutcome &outcome, const TextStyle &style);

/// "−11.2 % (−13.0 % to −9.4 %)". Of few blocks nobody knows more than how many.
std::string wall_change(const WallTime &wall, const TextStyle &style);

/// The phases in which its work changed most, without what they lie in: "insmod, udev".
std::string places_text(const LeverOutcome &outcome, const TextStyle &style);

/// The levers by themselves, without combinations of them.
std::vector<const LeverOutcome *> of_effect(const LeverRanking &ranking, LeverEffect effect);

/// Those that save, all in one launch; null where that was not tried.
const LeverOutcome *all_in_one(const LeverRanking &ranking);

/// What the boot executes and which lever would save most, as a sentence.
std::string ranking_sentence(const LeverRanking &ranking, const TextStyle &style);

} // namespace bootperf
