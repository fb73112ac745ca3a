#pragma once

#include <string>
#include <vector>

#include "session/session.h"
#include "verdict/baseline/baseline.h"
#include "verdict/explain/report.h"

namespace bootperf {

/// The report of a session as one HTML page that opens from disk, without a network. The baselines
/// give the launches that the check compared with; none is needed.
std::string report_page(const Session &session, const CheckReport &report,
                        const std::vector<Baseline> &baselines);

} // namespace bootperf
