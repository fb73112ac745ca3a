#pragma once

#include <string>

#include "report/launches.h"
#include "report/text_style.h"

namespace bootperf {

/// The timeline as boot-analysis draws it: a line at each time where a phase begins (▲) or ends
/// (▼), in nested columns, with mean ± standard deviation over the launches, the share of the whole
/// run, and guest instructions where every launch counted them. Repeats are folded into one line
/// ("insmod × 42"); what no phase of a level covers, "(other)", stands where its parent ends.
/// Failed launches, phases not measured and launches left out are stated below.
std::string timeline(const Launches &launches, const TextStyle &style);

} // namespace bootperf
