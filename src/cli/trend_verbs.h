#pragma once

#include "cli/command_line.h"

namespace bootperf {

/// bootperf trend add | list | check | report | export
void add_trend(CLI::App &program, Verbs &verbs);

} // namespace bootperf
