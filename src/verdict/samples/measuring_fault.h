#pragma once

// Whether launches were measured at all: a counter or a clock that fails gives values that look
// like an improvement.

#include <string>

#include "verdict/samples/phase_samples.h"

namespace bootperf {

/// Why what these launches were measured with did not work, or "": a counter that counted nothing,
/// that stopped or was no longer read while the guest ran on, a clock that stood still. Their
/// values would look like an improvement, so nothing is judged by them.
std::string measuring_fault(const SampleLaunches &samples, Metric metric);

} // namespace bootperf
