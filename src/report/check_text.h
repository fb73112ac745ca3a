#pragma once

#include <string>

#include "report/text_style.h"
#include "verdict/explain/report.h"

namespace bootperf {

/// The report of a check for people: first a line for each phase that did not pass, then the table
/// of gated phases, the baseline, what differs, and the command that mends it.
std::string check_text(const CheckReport &report, const TextStyle &style);

} // namespace bootperf
