#pragma once

#include "cli/command_line.h"

namespace bootperf {

/// `baseline profile`: the profile that is committed beside a baseline, by which a regression's
/// functions are named.
void add_baseline_profile(CLI::App &baseline, Verbs &verbs);

} // namespace bootperf
