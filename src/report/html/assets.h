#pragma once

#include "base/embedded.h"

namespace bootperf {

// The files that the page is made of, built in by bootperf_embed() in src/report/CMakeLists.txt.

Embedded d3_script(); ///< https://d3js.org, from the distribution
Embedded d3_licence();

Embedded report_body(), report_style();
/// In the order in which they need each other.
Embedded elements_script(), numbers_script(), model_script(), dots_script(), timeline_script(),
    verdict_script(), phases_script(), detail_script(), launches_script(), report_script();

} // namespace bootperf
