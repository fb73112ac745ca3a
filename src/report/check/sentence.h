#pragma once

#include <string>

#include "report/text/style.h"
#include "verdict/explain/report.h"

namespace bootperf {

/// What came out of a check, as one sentence that needs no table to be understood; escaped:
/// "Boot is 3.02 s slower: /init › udev-overhead waits 3.02 s more; /init › lvm-probe
/// executes 28.00 M instructions more (+1.1 %); a change of 0.3 % would have been seen." "No
/// change: a slow-down of 0.4 % or a wait of 23.0 ms would have been seen."
std::string verdict_sentence(const ScenarioCheck &check, const TextStyle &style);

} // namespace bootperf
