#pragma once

// What levers save, for people and programs.

#include <string>
#include <vector>

#include "report/text/style.h"
#include "whatif/lever.h"
#include "whatif/ranking.h"
#include "whatif/suggestion.h"

namespace bootperf {

/// The ranking as a table: those that save, those that do not, and what each would take to adopt.
std::string ranking_text(const LeverRanking &ranking, const TextStyle &style);

/// docs/what-if.md states the format.
std::string ranking_json(const LeverRanking &ranking);

/// What to fix first, in ten lines, and the command that measures what was not; more_levers is the
/// file that it has to name, "" for none.
std::string suggestions_text(const Suggestions &suggestions, const std::string &more_levers,
                             const TextStyle &style);

/// The levers that can be tried: what each changes and who would adopt it.
std::string levers_text(const std::vector<Lever> &levers, const TextStyle &style);

} // namespace bootperf
