#pragma once

#include <string>

#include "verdict/check.h"

namespace bootperf {

/// Why a phase that enough launches were made for is neither regressed, nor
/// improved, nor a pass. margin is a ratio − 1.
std::string undecided_reason(const PhaseVerdict &phase, double margin, double alpha);

} // namespace bootperf
