#pragma once

#include "cli/command_line.h"

namespace bootperf {

/// `completion SHELL`, for people, and `manual DIRECTORY`, for the build: both out of the
/// definition of every verb of the program.
void add_documentation(CLI::App &program, Verbs &verbs);

} // namespace bootperf
