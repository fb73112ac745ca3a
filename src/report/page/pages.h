#pragma once

#include <string>
#include <vector>

#include "session/session.h"
#include "trend/check.h"
#include "trend/history.h"
#include "verdict/baseline/baseline.h"
#include "verdict/explain/report.h"

namespace bootperf {

// The two pages. What is shown on that of a session is in session_model.h; scripts and styles are
// in session/ and trend/, and every page is put together by document.h.

/// The report of a session as one HTML page that opens from disk, without a network. The baselines
/// give the launches that the check compared with; none is needed.
std::string report_page(const Session &session, const CheckReport &report,
                        const std::vector<Baseline> &baselines);

/// A checked trend as one self-contained page: a line per phase with its steps and their commits.
std::string trend_page(const History &history, const TrendCheck &check);

} // namespace bootperf
