#include "trend/check.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "trend/steps.h"
#include "verdict/policy/policy.h"

namespace bootperf {
namespace {

// At most one false alarm in a hundred nights, over all phases of a class together: half of it
// for the gated phases, half for all the others.
constexpr double nights_between_false_alarms = 100;
constexpr double halves = 2;
// An accepted step may be told to lie a little elsewhere when more nights have come.
constexpr std::uint32_t wander = 3;

constexpr std::size_t date_length = 10; // "2024-05-01"
// An outage that is longer ago than this is no habit.
constexpr std::size_t remembered = 14;

/// The days on which sessions were made, and how steadily a class was among them. Nights are
/// ascending indexes into History::nights, and not empty.
class Days {
public:
  explicit Days(const History &history);

  /// Days at the end without any of these nights.
  std::size_t missed(const std::vector<std::uint32_t> &nights) const;
  /// The most days in a row that were without, between the last of these nights.
  std::size_t used_to_miss(const std::vector<std::uint32_t> &nights) const;

private:
  std::size_t count_ = 0;
  std::vector<std::size_t> of_night_;
};

Days::Days(const History &history) {
  const Night *before = nullptr;
  for (const Night &night : history.nights) {
    if (before == nullptr ||
        before->created.substr(0, date_length) != night.created.substr(0, date_length))
      ++count_;
    of_night_.push_back(count_ - 1);
    before = &night;
  }
}

std::size_t Days::missed(const std::vector<std::uint32_t> &nights) const {
  return count_ - 1 - of_night_[nights.back()];
}

std::size_t Days::used_to_miss(const std::vector<std::uint32_t> &nights) const {
  std::size_t most = 0;
  for (std::size_t i = std::max(nights.size(), remembered) - remembered + 1; i < nights.size(); ++i)
    if (const std::size_t days = of_night_[nights[i]] - of_night_[nights[i - 1]]; days > 0)
      most = std::max(most, days - 1);
  return most;
}

double ungated_floor(Metric metric) {
  return metric == Metric::wall ? 20e6 : 1e6; // 20 ms, a million instructions
}

struct GatedPhases {
  std::vector<Gate> gates;      ///< with the id of the phase each names
  std::vector<std::string> ids; ///< in the same order; "" when it names none
};

std::string key_of(const ClassHistory &history, const std::string &key) {
  const auto found = history.machine_class.keys.find(key);
  return found == history.machine_class.keys.end() ? "" : found->second;
}

/// A gate names what the last night has; a phase that has moved since leaves its older id behind.
GatedPhases gated_phases(const ClassHistory &history, std::uint32_t last_night,
                         const Policy &policy) {
  std::vector<std::string> ids, last_ids;
  for (const PhaseSeries &series : history.series) {
    ids.push_back(series.phase);
    if (series.points.back().night == last_night)
      last_ids.push_back(series.phase);
  }
  GatedPhases gated{policy.gates(history.machine_class.metric,
                                 {key_of(history, "mode"), key_of(history, "scenario")}),
                    {}};
  for (const Gate &gate : gated.gates) {
    GatedPhase phase = gated_phase(gate, last_ids);
    if (!phase.reason.empty())
      phase = gated_phase(gate, ids);
    gated.ids.push_back(phase.reason.empty() ? phase.id : "");
  }
  return gated;
}

/// The smallest change that counts for a phase, as a ratio − 1.
double margin(const Gate *gate, Metric metric, double before, double tolerance) {
  if (gate != nullptr)
    return std::max(std::min(gate->tolerance, tolerance), gate->floor / before);
  return std::max(tolerance, ungated_floor(metric) / before);
}

StepState state_of(const PhaseSeries &series, const Step &step, std::string &reason) {
  if (step.point.step() <= 0)
    return StepState::faster;
  const std::uint32_t first = series.points[step.point.earliest].night;
  const std::uint32_t last = series.points[step.point.latest].night;
  for (const AcceptedStep &each : series.accepted) {
    if (each.night + wander < first || each.night > last + wander)
      continue;
    reason = each.reason;
    return StepState::accepted;
  }
  return step.fresh ? StepState::fresh : StepState::old;
}

void add_steps(ClassTrend &trend, const PhaseSeries &series, const Gate *gate, double false_alarms,
               const TrendSettings &settings) {
  std::vector<double> means;
  means.reserve(series.points.size());
  for (const TrendPoint &point : series.points)
    means.push_back(point.mean);
  ChangePointSettings finding;
  finding.values_between_false_alarms = false_alarms;
  for (const Step &step : steps_of(means, settings.nights, finding)) {
    PhaseStep found;
    found.phase = series.phase;
    found.series = series.id;
    found.gated = gate != nullptr;
    found.change = std::exp(step.point.step()) - 1;
    found.before = std::exp(step.point.before);
    found.after = std::exp(step.point.after);
    const double least =
        margin(gate, trend.history->machine_class.metric, found.before, settings.tolerance);
    if (std::abs(found.change) < least)
      continue;
    found.state = state_of(series, step, found.reason);
    found.night = series.points[step.point.at].night;
    found.last_before = series.points[step.point.earliest - 1].night;
    found.first_after = series.points[step.point.latest].night;
    trend.steps.push_back(std::move(found));
  }
}

/// The nights in which any phase of the class was measured, ascending.
std::vector<std::uint32_t> nights_of(const ClassHistory &history) {
  std::set<std::uint32_t> nights;
  for (const PhaseSeries &series : history.series)
    for (const TrendPoint &point : series.points)
      nights.insert(nights.end(), point.night);
  return {nights.begin(), nights.end()};
}

bool decides(const ClassHistory &history) {
  return history.machine_class.metric == deciding_metric(key_of(history, "mode"));
}

std::string why_not_measured(const ClassHistory &history, const GatedPhases &gated,
                             const std::vector<std::uint32_t> &nights) {
  if (nights.size() < fewest_values)
    return fmt::format("{} of the {} nights needed to detect a step", nights.size(), fewest_values);
  for (std::size_t i = 0; i < gated.gates.size(); ++i) {
    if (gated.ids[i].empty())
      return fmt::format("the gate \"{}\" matches no phase, or several", gated.gates[i].phase);
    const auto series = std::ranges::find(history.series, gated.ids[i], &PhaseSeries::phase);
    if (series == history.series.end() || series->points.back().night != nights.back())
      return fmt::format("the gated phase \"{}\" was not measured in the last night",
                         gated.gates[i].phase);
    if (series->points.size() < fewest_values)
      return fmt::format("the gated phase \"{}\" was measured in {} of the {} nights needed to "
                         "detect a step",
                         gated.gates[i].phase, series->points.size(), fewest_values);
  }
  return "";
}

/// A class without a night on the last days has come to its end: another kernel, another machine.
bool is_over(const Days &days, const std::vector<std::uint32_t> &nights,
             const TrendSettings &settings) {
  return days.missed(nights) >= settings.nights;
}

ClassTrend check_class(const ClassHistory &history, const std::vector<std::uint32_t> &nights,
                       const Days &days, const Policy &policy, const TrendSettings &settings) {
  const GatedPhases gated = gated_phases(history, nights.back(), policy);
  ClassTrend trend;
  trend.history = &history;
  trend.nights = nights.size();
  trend.decides = decides(history) && !is_over(days, nights, settings);
  trend.not_measured = why_not_measured(history, gated, nights);
  const std::size_t others =
      history.series.size() - std::min(history.series.size(), gated.gates.size());
  for (const PhaseSeries &series : history.series) {
    const auto named = std::ranges::find(gated.ids, series.phase);
    const Gate *gate = named == gated.ids.end()
                           ? nullptr
                           : &gated.gates[static_cast<std::size_t>(named - gated.ids.begin())];
    const auto family = static_cast<double>(gate != nullptr ? gated.gates.size()
                                                            : std::max<std::size_t>(others, 1));
    add_steps(trend, series, gate, nights_between_false_alarms * halves * family, settings);
  }
  std::ranges::sort(trend.steps, [](const PhaseStep &one, const PhaseStep &other) {
    return std::tuple(other.night, std::abs(other.change), one.phase) <
           std::tuple(one.night, std::abs(one.change), other.phase);
  });
  return trend;
}

/// A class that was there on every other day and is not now was not measured, unless another one of
/// its mode has come in its place.
void miss_classes(TrendCheck &check, const std::vector<std::vector<std::uint32_t>> &nights,
                  const Days &days) {
  std::set<std::string> modes_here;
  for (std::size_t i = 0; i < nights.size(); ++i)
    if (check.classes[i].decides && days.missed(nights[i]) == 0)
      modes_here.insert(key_of(*check.classes[i].history, "mode"));
  for (std::size_t i = 0; i < nights.size(); ++i) {
    ClassTrend &trend = check.classes[i];
    const std::size_t missed = days.missed(nights[i]);
    if (trend.decides && trend.not_measured.empty() &&
        !modes_here.contains(key_of(*trend.history, "mode")) &&
        missed > days.used_to_miss(nights[i]))
      trend.not_measured = fmt::format("no session of it in the last {}",
                                       missed == 1 ? "day" : fmt::format("{} days", missed));
  }
}

ExitCode exit_of(const TrendCheck &check) {
  if (!check.fresh().empty())
    return ExitCode::regressed;
  const bool any = std::ranges::any_of(check.classes, &ClassTrend::decides);
  const bool gap = std::ranges::any_of(check.classes, [](const ClassTrend &trend) {
    return trend.decides && !trend.not_measured.empty();
  });
  return !any || gap ? ExitCode::not_measured : ExitCode::pass;
}

} // namespace

std::string_view to_text(StepState state) {
  switch (state) {
  case StepState::fresh:
    return "new";
  case StepState::accepted:
    return "accepted";
  case StepState::old:
    return "old";
  case StepState::faster:
    break;
  }
  return "faster";
}

std::vector<const PhaseStep *> TrendCheck::fresh() const {
  std::vector<const PhaseStep *> found;
  for (const ClassTrend &trend : classes)
    for (const PhaseStep &step : trend.steps)
      if (trend.decides && step.state == StepState::fresh)
        found.push_back(&step);
  return found;
}

TrendCheck check_trend(const History &history, const Policy &policy,
                       const TrendSettings &settings) {
  TrendCheck check;
  const Days days(history);
  std::vector<std::vector<std::uint32_t>> nights;
  for (const ClassHistory &each : history.classes) {
    nights.push_back(nights_of(each));
    check.classes.push_back(check_class(each, nights.back(), days, policy, settings));
  }
  miss_classes(check, nights, days);
  check.exit = exit_of(check);
  return check;
}

} // namespace bootperf
