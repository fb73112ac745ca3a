#pragma once

#include <string>
#include <vector>

#include "cli/machine_facts.h"
#include "report/text/style.h"

namespace bootperf {

enum class Level {
  ok,
  warning, ///< it can be measured, but worse or less
  missing, ///< nothing can be measured without it
};

/// One line of the doctor.
struct Finding {
  Level level = Level::ok;
  std::string what;   ///< "libguestfs"
  std::string detail; ///< what was found
  std::string remedy; ///< how to mend it; "" when nothing has to be
};

/// Pure: what the facts mean, each with its remedy.
std::vector<Finding> findings_of(const MachineFacts &facts);

/// Nothing is missing.
bool can_measure(const std::vector<Finding> &findings);

std::string findings_text(const std::vector<Finding> &findings, const TextStyle &style);

} // namespace bootperf
