#pragma once

#include <string>
#include <vector>

#include "phases/placement.h"

namespace bootperf {

/// The ids of the phases that this launch ought to have and of which none was found: their rules
/// are certainly meant for it and not optional. In the rules' order.
std::vector<std::string> find_not_measured(const RuleSet &set, const BootLog &log,
                                           const Placement &placement,
                                           const std::vector<bool> &dropped);

} // namespace bootperf
