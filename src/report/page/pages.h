#pragma once

#include <optional>
#include <string>
#include <vector>

#include "profile/profile_tree.h"
#include "report/whatif/formats.h"
#include "session/session.h"
#include "trend/check.h"
#include "trend/history.h"
#include "verdict/baseline/baseline.h"
#include "verdict/explain/report.h"
#include "whatif/ranking.h"

namespace bootperf {

// The two pages. What is shown on that of a session is in session_model.h; scripts and styles are
// in session/ and trend/, and every page is put together by document.h.

/// Where the boot goes, by function, and against another one where there are two.
struct ShownProfile {
  ProfileTree tree = {};
  std::string head, base = {}; ///< what the files are called
};

/// What the page of a session is made of.
struct PageContents {
  const Session &session; ///< outlives it
  CheckReport report = {};
  /// Why no verdict is wanted, a sentence; "" where the report is one.
  std::string nothing_judged = {};
  std::vector<Baseline> baselines = {}; ///< with whose launches the check compared; none is needed
  std::optional<LeverRanking> levers = {};          ///< of a session that tried some
  std::optional<ShownSuggestions> suggestions = {}; ///< where a profile was given
  std::optional<ShownProfile> profile = {};         ///< likewise
};

/// The report of a session as one HTML page that opens from disk, without a network.
std::string report_page(const PageContents &contents);

/// A checked trend as one self-contained page: what is open, a line per phase with its steps and
/// their commits. The repository is the address of one whose "/compare/A...B" shows commits
/// (https://github.com/OWNER/NAME), or "": then they are told as git takes them.
std::string trend_page(const History &history, const TrendCheck &check,
                       const std::string &repository);

} // namespace bootperf
