#pragma once

#include "cli/command_line.h"

namespace bootperf {

void add_report(CLI::App &program, Verbs &verbs);

} // namespace bootperf
