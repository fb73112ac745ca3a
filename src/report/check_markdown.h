#pragma once

#include <string>

#include "verdict/explain/report.h"

namespace bootperf {

/// The report of a check as the summary of a CI job or a comment (GitHub's markdown): the verdict,
/// the phases that moved, the smallest detectable change, and the table, folded. Whatever
/// comes from outside is escaped: it can be neither markup nor HTML, neither link nor mention.
std::string check_markdown(const CheckReport &report);

} // namespace bootperf
