#pragma once

#include <string>
#include <vector>

#include "cli/command_model.h"

namespace bootperf {

struct ManPage {
  std::string file; ///< "bootperf-baseline-update.1"
  std::string text; ///< in the man macros: man(7)
};

/// A page for the program and one for each verb, as git has them; `release` stands in the footer:
/// "bootperf 1.0".
std::vector<ManPage> man_pages(const CommandModel &program, const std::string &release);

} // namespace bootperf
