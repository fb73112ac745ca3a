#pragma once

#include "base/embedded.h"

namespace bootperf {

// The files that the page is made of, built in by bootperf_embed() in src/report/CMakeLists.txt.

Embedded trend_body(), trend_style();
/// In the order in which they need each other.
Embedded trend_chart_script(), trend_strips_script(), trend_steps_script(), trend_trend_script();

} // namespace bootperf
