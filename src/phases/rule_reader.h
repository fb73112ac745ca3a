#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "phases/rule.h"

namespace bootperf {

/// Reads a file of rules (docs/phases.md states the schema). Strict: an unknown key, a wrong type,
/// a bad pattern, a parent that is not there or that is its own descendant, a name that comes twice
/// are input errors with file, line, column and what was expected.
Result<RuleSet> read_rules(std::string_view yaml, const std::string &name);

} // namespace bootperf
