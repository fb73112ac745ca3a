#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/exit_code.h"

namespace bootperf {

enum class Verdict { pass, regressed, improved, inconclusive, not_measured };

std::string_view to_text(Verdict verdict);

/// Of several verdicts the one that decides: the first of regressed, not measured, inconclusive,
/// improved, pass that is there. Nothing at all is not measured: it is never a pass.
Verdict worst(const std::vector<Verdict> &verdicts);

/// The exit code of several verdicts: the first of 2, 1, 4, 3, 0 that one of them has.
ExitCode exit_code(const std::vector<Verdict> &verdicts);

enum class Metric { wall, instructions };

/// "wall", "instructions"
std::string_view to_text(Metric metric);
std::optional<Metric> metric_from_text(std::string_view text);

/// The metric that launches of a mode are judged by: instructions when they were counted.
Metric deciding_metric(std::string_view mode);

} // namespace bootperf
