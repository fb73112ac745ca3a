#pragma once

#include <string>

#include "verdict/explain/report.h"

namespace bootperf {

/// The report of a check as JUnit XML: a suite for each scenario, a case for each gated phase. A
/// regression fails; what is inconclusive, not measured, or a regression that is only advisory, is
/// skipped with its reason, never passed. What comes from outside is escaped.
std::string junit(const CheckReport &report);

} // namespace bootperf
