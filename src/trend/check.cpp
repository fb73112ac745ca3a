#include "trend/check.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "trend/steps.h"
#include "verdict/policy/policy.h"

namespace bootperf {
namespace {

// At most one false alarm in a hundred nights, over all phases of a class together: half of it
// for the gated phases, half for all the others.
constexpr double nights_between_false_alarms = 100;
constexpr double halves = 2;
// An accepted step may be told to lie so many nights elsewhere when more of them have come.
constexpr std::uint32_t wander = 3;

// An outage that is longer ago than this is no habit.
constexpr std::size_t remembered = 14;

/// Days at the end on which there were sessions, but none of this class.
std::size_t missed_days(const ClassNights &nights, const Days &days) {
  return days.count() - 1 - nights.nights.back().day;
}

/// The most days in a row that were without, between its last nights.
std::size_t used_to_miss(const ClassNights &nights) {
  std::size_t most = 0;
  const std::vector<Night> &all = nights.nights;
  for (std::size_t i = std::max(all.size(), remembered) - remembered + 1; i < all.size(); ++i)
    most = std::max<std::size_t>(most, all[i].day - all[i - 1].day - 1);
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
  return text_under(history.machine_class.keys, key);
}

/// A gate names what the last night has; a phase that has moved since leaves its older id behind.
GatedPhases gated_phases(const ClassHistory &history, const ClassNights &nights,
                         const Policy &policy) {
  std::vector<std::string> ids, last_ids;
  for (std::size_t i = 0; i < history.series.size(); ++i) {
    ids.push_back(history.series[i].phase);
    if (nights.series[i].back().night + 1 == nights.nights.size())
      last_ids.push_back(ids.back());
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

/// One phase of a class, and how its steps are looked for.
struct WatchedPhase {
  const PhaseSeries &series;
  const std::vector<NightValue> &values; ///< of its nights
  std::vector<double> means;
  const Gate *gate; ///< or nullptr
  ChangePointSettings finding;
};

/// What makes a step of a phase one that counts, and one that was accepted.
class StepRules {
public:
  StepRules(const WatchedPhase &phase, const ClassTrend &trend, const Days &days,
            const TrendSettings &settings)
      : phase_(phase), trend_(trend), days_(days), settings_(settings) {}

  bool counts(const ChangePoint &point) const {
    const double least = margin(phase_.gate, trend_.history->machine_class.metric,
                                std::exp(point.before), settings_.tolerance);
    return std::abs(std::exp(point.step()) - 1) >= least;
  }

  /// Of a step that lies there, or a little beside it.
  const AcceptedStep *acceptance_of(const ChangePoint &point) const {
    const std::uint32_t first = phase_.values[point.earliest].night;
    const std::uint32_t last = phase_.values[point.latest].night;
    const auto found = std::ranges::find_if(phase_.series.accepted, [&](const AcceptedStep &each) {
      const std::uint32_t night = trend_.nights.night_of(days_.of(each.session));
      return night + wander >= first && night <= last + wander;
    });
    return found == phase_.series.accepted.end() ? nullptr : &*found;
  }

  /// Whether the phase is among what is measured these nights.
  bool is_measured() const {
    return phase_.values.back().night + settings_.nights >= trend_.nights.nights.size();
  }

private:
  const WatchedPhase &phase_;
  const ClassTrend &trend_;
  const Days &days_;
  const TrendSettings &settings_;
};

/// A step that once failed the check does so until it is accepted; when it did, what was said of it
/// then holds, too: its place may have been told elsewhere.
void open_or_old(PhaseStep &found, const Step &step, const WatchedPhase &phase,
                 const StepRules &rules, const TrendSettings &settings) {
  bool opened = step.fresh;
  if (!opened)
    replay(phase.means, step.point, settings.nights, phase.finding, [&](const ChangePoint &then) {
      if (!rules.counts(then))
        return true;
      const AcceptedStep *accepted = rules.acceptance_of(then);
      if (accepted != nullptr)
        found.accepted = *accepted;
      opened = accepted == nullptr;
      return !opened;
    });
  if (opened)
    found.accepted.reset();
  found.state = opened ? StepState::open : found.accepted ? StepState::accepted : StepState::old;
}

PhaseStep phase_step(const std::vector<Step> &steps, std::size_t i, const WatchedPhase &phase,
                     const StepRules &rules, const TrendSettings &settings) {
  const ChangePoint &point = steps[i].point;
  PhaseStep found;
  found.phase = phase.series.phase;
  found.series = phase.series.id;
  found.gated = phase.gate != nullptr;
  found.change = std::exp(point.step()) - 1;
  found.before = std::exp(point.before);
  found.after = std::exp(point.after);
  found.night = phase.values[point.at].night;
  found.last_before = phase.values[point.earliest - 1].night;
  found.first_after = phase.values[point.latest].night;
  if (point.step() <= 0) {
    found.state = StepState::faster;
    return found;
  }
  if (const AcceptedStep *accepted = rules.acceptance_of(point))
    found.accepted = *accepted;
  if (const std::size_t later = reversal_of(steps, i); later < steps.size()) {
    found.reversed_in = phase.values[steps[later].point.at].night;
    found.state = StepState::reversed;
  } else if (found.accepted) {
    found.state = StepState::accepted;
  } else if (rules.is_measured()) {
    open_or_old(found, steps[i], phase, rules, settings);
  }
  return found;
}

void add_steps(ClassTrend &trend, const WatchedPhase &phase, const Days &days,
               const TrendSettings &settings) {
  const StepRules rules(phase, trend, days, settings);
  const std::vector<Step> steps = steps_of(phase.means, settings.nights, phase.finding);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!rules.counts(steps[i].point))
      continue;
    trend.steps.push_back(phase_step(steps, i, phase, rules, settings));
    if (StepState &state = trend.steps.back().state;
        state == StepState::open && !trend.metric_decides)
      state = StepState::advisory;
  }
}

std::string why_not_measured(const ClassHistory &history, const GatedPhases &gated,
                             const ClassNights &nights) {
  for (std::size_t i = 0; i < gated.gates.size(); ++i) {
    if (gated.ids[i].empty())
      return fmt::format("the gate \"{}\" matches no phase, or several", gated.gates[i].phase);
    const auto series = std::ranges::find(history.series, gated.ids[i], &PhaseSeries::phase);
    if (series == history.series.end())
      return fmt::format("the gated phase \"{}\" was never measured", gated.gates[i].phase);
    const auto &values = nights.series[static_cast<std::size_t>(series - history.series.begin())];
    if (values.back().night + 1 != nights.nights.size())
      return fmt::format("the gated phase \"{}\" was not measured in the last night",
                         gated.gates[i].phase);
    if (values.size() < fewest_values)
      return fmt::format("the gated phase \"{}\" was measured in {} of the {} nights needed to "
                         "detect a step",
                         gated.gates[i].phase, values.size(), fewest_values);
  }
  return "";
}

ClassTrend check_class(const ClassHistory &history, const Days &days, const Policy &policy,
                       const TrendSettings &settings) {
  ClassTrend trend;
  trend.history = &history;
  trend.nights = nights_of(history, days);
  const GatedPhases gated = gated_phases(history, trend.nights, policy);
  const std::size_t nights = trend.nights.nights.size();
  trend.metric_decides = history.machine_class.metric == deciding_metric(key_of(history, "mode"));
  trend.ended = missed_days(trend.nights, days) >= settings.nights;
  trend.decides = trend.metric_decides && !trend.ended && nights >= fewest_values;
  trend.not_measured =
      nights < fewest_values
          ? fmt::format("{} of the {} nights needed to detect a step", nights, fewest_values)
          : why_not_measured(history, gated, trend.nights);
  const std::size_t others =
      history.series.size() - std::min(history.series.size(), gated.gates.size());
  for (std::size_t i = 0; i < history.series.size(); ++i) {
    const PhaseSeries &series = history.series[i];
    const auto named = std::ranges::find(gated.ids, series.phase);
    const Gate *gate = named == gated.ids.end()
                           ? nullptr
                           : &gated.gates[static_cast<std::size_t>(named - gated.ids.begin())];
    const auto family = static_cast<double>(gate != nullptr ? gated.gates.size()
                                                            : std::max<std::size_t>(others, 1));
    WatchedPhase phase{series, trend.nights.series[i], {}, gate, {}};
    phase.finding.values_between_false_alarms = nights_between_false_alarms * halves * family;
    for (const NightValue &value : phase.values)
      phase.means.push_back(value.mean);
    trend.limits.push_back(
        {gate != nullptr, margin(gate, history.machine_class.metric, std::exp(phase.means.back()),
                                 settings.tolerance)});
    add_steps(trend, phase, days, settings);
  }
  std::ranges::sort(trend.steps, [](const PhaseStep &one, const PhaseStep &other) {
    return std::tuple(other.night, std::abs(other.change), one.phase) <
           std::tuple(one.night, std::abs(one.change), other.phase);
  });
  return trend;
}

/// A class that was there on every other day and is not now was not measured, unless another one of
/// its mode has come in its place.
void miss_classes(TrendCheck &check, const Days &days) {
  std::set<std::string> modes_here;
  for (const ClassTrend &trend : check.classes)
    if (trend.metric_decides && missed_days(trend.nights, days) == 0)
      modes_here.insert(key_of(*trend.history, "mode"));
  for (ClassTrend &trend : check.classes) {
    const std::size_t missed = missed_days(trend.nights, days);
    if (trend.decides && trend.not_measured.empty() &&
        !modes_here.contains(key_of(*trend.history, "mode")) && missed > used_to_miss(trend.nights))
      trend.not_measured = fmt::format("no session of it in the last {}",
                                       missed == 1 ? "day" : fmt::format("{} days", missed));
  }
}

ExitCode exit_of(const TrendCheck &check) {
  if (!check.open().empty())
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
  case StepState::open:
    return "open";
  case StepState::accepted:
    return "accepted";
  case StepState::reversed:
    return "reversed";
  case StepState::old:
    return "old";
  case StepState::advisory:
    return "advisory";
  case StepState::faster:
    break;
  }
  return "faster";
}

std::vector<const PhaseStep *> TrendCheck::open() const {
  std::vector<const PhaseStep *> found;
  for (const ClassTrend &trend : classes)
    for (const PhaseStep &step : trend.steps)
      if (step.state == StepState::open)
        found.push_back(&step);
  return found;
}

TrendCheck check_trend(const History &history, const Policy &policy,
                       const TrendSettings &settings) {
  TrendCheck check;
  const Days days(history);
  for (const ClassHistory &each : history.classes)
    check.classes.push_back(check_class(each, days, policy, settings));
  miss_classes(check, days);
  check.exit = exit_of(check);
  return check;
}

} // namespace bootperf
