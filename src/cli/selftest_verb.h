#pragma once

#include "cli/command_line.h"

namespace bootperf {

void add_selftest(CLI::App &program, Verbs &verbs);

} // namespace bootperf
