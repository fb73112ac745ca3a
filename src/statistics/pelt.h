#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace bootperf {

/// Where the mean of a series changes: the indexes of the first value of every segment but the
/// first, ascending. Exactly minimises, over all segmentations whose segments have at least
/// `shortest` values (≥ 1), the sum of squared deviations from the segments' means plus `penalty`
/// for each change, by PELT (Killick, Fearnhead & Eckley 2012, section 3). Quadratic in the length
/// of stretches without a change.
std::vector<std::size_t> pelt(std::span<const double> values, double penalty, std::size_t shortest);

} // namespace bootperf
