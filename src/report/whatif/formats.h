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

/// One of the first ten suggestions as people read it; every text is escaped.
struct ShownSuggestion {
  bool is_known = false; ///< that it saves was measured
  std::string saved;     ///< "−25.3 %"; "?" where it is not known
  std::string spent;     ///< where the lever touches, of all instructions
  std::string lever, what, functions;
};

struct ShownSuggestions {
  std::string sentence; ///< what levers touch of the profile
  std::vector<ShownSuggestion> rows;
  std::string measure; ///< the command that measures those with ?, or ""
};

ShownSuggestions shown_suggestions(const Suggestions &suggestions, const std::string &more_levers,
                                   const TextStyle &style);

/// What to fix first, in ten lines, and the command that measures what was not; more_levers is the
/// file that it has to name, "" for none.
std::string suggestions_text(const Suggestions &suggestions, const std::string &more_levers,
                             const TextStyle &style);

/// The levers that can be tried: what each changes and who would adopt it.
std::string levers_text(const std::vector<Lever> &levers, const TextStyle &style);

} // namespace bootperf
