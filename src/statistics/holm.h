#pragma once

#include <span>
#include <vector>

namespace bootperf {

/// Adjusted p values that hold for all the hypotheses together, however they depend on each other:
/// sorted ascending, the i-th of K times K − i + 1, made monotone, at most 1 (Holm 1979).
std::vector<double> holm_adjusted(std::span<const double> p);

} // namespace bootperf
