#pragma once

#include "cli/command_line.h"

namespace bootperf {

void add_compare(CLI::App &program, Verbs &verbs);

} // namespace bootperf
