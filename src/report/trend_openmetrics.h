#pragma once

#include <string>

#include "trend/history.h"

namespace bootperf {

/// Every point of a trend in the OpenMetrics text format (openmetrics.io), with the time of its
/// session, as `promtool tsdb create-blocks-from openmetrics` takes it. Of several sessions of a
/// class in the same second the last counts.
std::string trend_openmetrics(const History &history);

} // namespace bootperf
