#pragma once

#include <string>

#include "verdict/explain/report.h"

namespace bootperf {

/// The report of a check as workflow commands of GitHub Actions, one a line: an error for what
/// regressed, a warning for what is inconclusive or not measured, a notice for what improved and
/// for all that is advisory; each on the line of the policy that decides it. Nothing when all
/// passed. What comes from outside can neither end a command nor begin one.
/// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
std::string github_annotations(const CheckReport &report);

} // namespace bootperf
