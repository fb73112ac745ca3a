#pragma once

#include <string>

#include "verdict/explain/report.h"

namespace bootperf {

/// The report of a check as JSON, with the names of the structs' fields. docs/check.schema.json is
/// its schema, "check" the version of it. Ratios are plain numbers: 1.041, not 4.1 %; what cannot
/// be computed is null.
std::string check_json(const CheckReport &report);

} // namespace bootperf
