#pragma once

#include <string>

#include "report/launches.h"
#include "report/text_style.h"

namespace bootperf {

/// "Launch/traced: mean of 3 launches".
std::string title_line(const Launches &launches, const TextStyle &style);

/// What has to be said below a timeline: launches that failed, in which phase and why, with the
/// last lines of their console; phases not measured; launches left out.
std::string launch_notes(const Launches &launches, const TextStyle &style);

} // namespace bootperf
