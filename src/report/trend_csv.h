#pragma once

#include <string>

#include "trend/history.h"

namespace bootperf {

/// Every point of a trend as a record (RFC 4180), class by class, phase by phase, in order of time:
/// the geometric mean of its launches in ns or instructions, and their spread as a ratio − 1.
std::string trend_csv(const History &history);

} // namespace bootperf
