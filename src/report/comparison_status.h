#pragma once

#include <string>
#include <vector>

#include "report/text_style.h"
#include "verdict/explain/report.h"

namespace bootperf {

/// How a comparison stands while it runs: a line for each gated phase that is not decided yet.
std::vector<std::string> undecided_lines(const CheckReport &report, const TextStyle &style);

/// The same in one line: "after 10 blocks 4 of 6 phases are decided; open: /init, guestfsd". ""
/// when nothing is gated.
std::string standing_text(const CheckReport &report, const TextStyle &style);

} // namespace bootperf
