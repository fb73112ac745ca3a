#pragma once

#include <cstddef>
#include <functional>
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

/// What a step of long ago was when it was news, night by night from its first one on: the fresh
/// steps that may have been the same, oldest sight first, as long as `goes_on` of one is true. The
/// values are those that steps_of() found it in. Of a long series the last 2048 values before the
/// step are looked at, so the time does not grow with its length.
void replay(std::span<const double> values, const ChangePoint &step, std::size_t nights,
            const ChangePointSettings &settings,
            const std::function<bool(const ChangePoint &)> &goes_on);

/// The first later step to a level that is no more than half-way up this slower one, which thereby
/// is taken back; its index in the steps, or their number when there is none. The level is what
/// counts, whatever lies between: of another slower step nobody can say whether what came back was
/// it.
std::size_t reversal_of(std::span<const Step> steps, std::size_t slower);

} // namespace bootperf
