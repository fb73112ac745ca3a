#pragma once

#include <vector>

#include "base/error.h"
#include "phases/rule.h"

namespace bootperf {

/// Makes a rule set of rules: one root, and an order in which every rule comes after its parents
/// and after the phases that its points refer to. An input error when there is no such order.
Result<RuleSet> order_rules(std::vector<Rule> rules);

} // namespace bootperf
