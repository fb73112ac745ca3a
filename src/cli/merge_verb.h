#pragma once

#include "cli/command_line.h"

namespace bootperf {

/// `merge SESSION… -o SET`: several sessions in one file, each kept as it is.
void add_merge(CLI::App &program, Verbs &verbs);

} // namespace bootperf
