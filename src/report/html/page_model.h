#pragma once

#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "session/session.h"
#include "verdict/baseline/baseline.h"
#include "verdict/explain/report.h"

namespace bootperf {

/// All that the page shows: the session, its verdict, and of each scenario the check, the launches,
/// the phases and the failures. Every text is escaped. Pure.
nlohmann::ordered_json page_model(const Session &session, const CheckReport &report,
                                  const std::vector<Baseline> &baselines);

} // namespace bootperf
