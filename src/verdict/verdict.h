#pragma once

#include <string_view>
#include <vector>

#include "base/exit_code.h"

namespace bootperf {

enum class Verdict { pass, regressed, improved, inconclusive, not_measured };

std::string_view to_text(Verdict verdict);

/// The exit code of several verdicts: the first of 2, 1, 4, 3, 0 that one of them has.
ExitCode exit_code(const std::vector<Verdict> &verdicts);

enum class Metric { wall, instructions };

std::string_view to_text(Metric metric);

} // namespace bootperf
