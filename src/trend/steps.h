#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "statistics/change_points.h"

namespace bootperf {

/// A change point, and whether it is news.
struct Step {
  ChangePoint point;
  bool fresh = false;
};

/// Two change points that may be the same step, found from different stretches of a series: same
/// direction, and the ranges they may lie in are at most `slack` values apart.
bool may_be_same(const ChangePoint &one, const ChangePoint &other, std::size_t slack);

/// The change points of a series.
/// Fresh ones lie in the last `nights` values, or a little before them and could not be seen
/// without them: a small step needs more than a few nights to stand out, and shall not go by
/// unnoticed because of it.
std::vector<Step> steps_of(std::span<const double> values, std::size_t nights,
                           const ChangePointSettings &settings);

} // namespace bootperf
