#pragma once

#include <string>

#include "verdict/explain/report.h"

namespace bootperf {

/// The report of a check as comma-separated values (RFC 4180): a record for each gated phase and
/// for each place below it, and one for a scenario without either. Columns are named as in
/// check_json(); ratios are plain numbers.
std::string check_csv(const CheckReport &report);

} // namespace bootperf
