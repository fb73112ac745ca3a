#include "trend/steps.h"

#include <algorithm>

namespace bootperf {
namespace {

// Past four times as many nights a step that comes into sight is rather an old one whose place is
// now told better.
constexpr std::size_t late = 4;

} // namespace

bool may_be_same(const ChangePoint &one, const ChangePoint &other, std::size_t slack) {
  return (one.step() > 0) == (other.step() > 0) && one.earliest <= other.latest + slack &&
         other.earliest <= one.latest + slack;
}

std::vector<Step> steps_of(std::span<const double> values, std::size_t nights,
                           const ChangePointSettings &settings) {
  std::vector<Step> steps;
  bool any_late = false;
  for (const ChangePoint &point : change_points(values, settings)) {
    steps.push_back({point, point.at + nights >= values.size()});
    any_late |= !steps.back().fresh && point.at + late * nights >= values.size();
  }
  if (!any_late)
    return steps;
  const std::vector<ChangePoint> seen =
      change_points(values.first(values.size() - std::min(nights, values.size())), settings);
  for (Step &step : steps) {
    if (step.point.at + late * nights >= values.size())
      step.fresh |= std::ranges::none_of(
          seen, [&](const ChangePoint &each) { return may_be_same(each, step.point, nights); });
  }
  return steps;
}

} // namespace bootperf
