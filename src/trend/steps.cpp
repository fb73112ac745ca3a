#include "trend/steps.h"

#include <algorithm>

namespace bootperf {
namespace {

// Past four times as many nights a step that comes into sight is rather an old one whose place is
// now told better.
constexpr std::size_t late = 4;
// Five years of nights. Where the windows of change_points() begin, and what is an outlier, depends
// on all that came before, so that less would show steps that no check has seen.
constexpr std::size_t replayed = 2048;

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

void replay(std::span<const double> values, const ChangePoint &step, std::size_t nights,
            const ChangePointSettings &settings,
            const std::function<bool(const ChangePoint &)> &goes_on) {
  const std::size_t begin = step.earliest - std::min(step.earliest, replayed);
  const std::size_t last = std::min(values.size(), step.latest + late * nights + nights);
  for (std::size_t end = step.earliest + 1; end <= last; ++end)
    for (Step &each : steps_of(values.subspan(begin, end - begin), nights, settings)) {
      for (std::size_t *at : {&each.point.at, &each.point.earliest, &each.point.latest})
        *at += begin;
      if (each.fresh && may_be_same(each.point, step, nights) && !goes_on(each.point))
        return;
    }
}

std::size_t reversal_of(std::span<const Step> steps, std::size_t slower) {
  const ChangePoint &step = steps[slower].point;
  const double half = (step.before + step.after) / 2;
  std::size_t later = slower + 1;
  while (later < steps.size() && steps[later].point.after > half)
    ++later;
  return later;
}

} // namespace bootperf
