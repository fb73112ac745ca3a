#pragma once

#include <string>

#include "verdict/check.h"

namespace bootperf {

/// The report of a check as the summary of a CI job (GitHub's markdown). Whatever comes from
/// outside is escaped: it can be neither markup nor HTML, neither link nor mention.
std::string check_markdown(const CheckReport &report);

} // namespace bootperf
