#include "capacity/capacity.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "statistics/summary.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {
namespace {

constexpr double least_growth = 1.05;
constexpr double share_of_most = 0.95;
constexpr double most_failed = 0.2;
constexpr double nanoseconds_a_minute = 60e9;

/// The value that so large a share of the values does not exceed (nearest rank).
double quantile(std::vector<double> values, double share) {
  if (values.empty())
    return 0;
  std::ranges::sort(values);
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

CapacityLevel level_of(const Session &session, const CapacityLevelRun &run) {
  constexpr double nine_of_ten = 0.9;
  CapacityLevel level;
  level.at_once = run.at_once;
  level.elapsed_ns = static_cast<std::int64_t>(run.elapsed_ns);
  std::vector<double> times;
  std::int64_t largest = 0;
  for (const Launch &launch : session.launches) {
    if (launch.subject != level_subject(run.at_once) || launch.warmup || launch.appliance_rebuilt)
      continue;
    if (!launch.ok) {
      ++level.failed;
      continue;
    }
    ++level.launches;
    times.push_back(static_cast<double>(launch.wall_ns));
    largest = std::max(largest, launch.peak_memory_bytes.value_or(0));
  }
  level.median_ns = times.empty() ? 0 : summarise(times).median;
  level.slow_ns = quantile(times, nine_of_ten);
  level.memory_bytes = largest * static_cast<std::int64_t>(run.at_once);
  return level;
}

} // namespace

double CapacityLevel::a_minute() const {
  return elapsed_ns <= 0 ? 0
                         : static_cast<double>(launches) * nanoseconds_a_minute /
                               static_cast<double>(elapsed_ns);
}

std::string level_subject(std::size_t at_once) {
  return fmt::format("{}-at-once", at_once);
}

Result<CapacityCurve> capacity_curve(const Session &session) {
  if (!session.capacity)
    return fail(
        ErrorKind::input,
        "this session says nothing of how many guests: `bootperf capacity` makes one that does");
  CapacityCurve curve;
  if (const auto name = session.host.find("name"); name != session.host.end())
    curve.host = name->second;
  curve.ended = session.capacity->ended;
  for (const CapacityLevelRun &run : session.capacity->levels)
    curve.levels.push_back(level_of(session, run));
  std::ranges::sort(curve.levels, {}, &CapacityLevel::at_once);
  double most = 0;
  for (const CapacityLevel &level : curve.levels)
    most = std::max(most, level.a_minute());
  if (most <= 0)
    return fail(ErrorKind::not_measured, "no guest came up");
  while (curve.knee().a_minute() < share_of_most * most)
    ++curve.best;
  return curve;
}

bool still_grows(const CapacityCurve &curve) {
  if (curve.levels.empty())
    return true;
  const CapacityLevel &last = curve.levels.back();
  if (static_cast<double>(last.failed) >
      most_failed * static_cast<double>(last.failed + last.launches))
    return false;
  double before = 0;
  for (std::size_t i = 0; i + 1 < curve.levels.size(); ++i)
    before = std::max(before, curve.levels[i].a_minute());
  return last.a_minute() >= least_growth * before;
}

CapacityAnswer capacity_answer(const std::vector<CapacityCurve> &curves, const CapacityWish &wish) {
  CapacityAnswer answer;
  answer.needed_a_minute = static_cast<double>(wish.guests) * nanoseconds_a_minute /
                           static_cast<double>(std::max<std::int64_t>(wish.within_ns, 1));
  for (const CapacityCurve &curve : curves)
    answer.made_a_minute += curve.knee().a_minute();
  answer.enough = answer.made_a_minute >= answer.needed_a_minute;
  const double each =
      answer.made_a_minute / static_cast<double>(std::max<std::size_t>(curves.size(), 1));
  answer.machines = static_cast<std::size_t>(std::ceil(answer.needed_a_minute / each));
  return answer;
}

} // namespace bootperf
