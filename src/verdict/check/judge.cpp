#include "verdict/check/judge.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "statistics/between_sessions.h"
#include "statistics/session_spread.h"
#include "statistics/two_sample.h"
#include "verdict/check/swallowed_waits.h"
#include "verdict/explain/reasons.h"

namespace bootperf {
namespace {

std::vector<std::string> ids_of(const PhaseSamples &samples) {
  std::vector<const PhaseValues *> launches;
  for (const auto *side : {&samples.baseline, &samples.current})
    for (const PhaseValues &launch : *side)
      launches.push_back(&launch);
  return phase_ids(launches);
}

/// One of the launches measured how long a phase waited. Where none did, neither then nor now, the
/// guest is one whose waiting cannot be told, and there is nothing to judge.
bool measures_waiting(const PhaseSamples &samples) {
  const auto waits = [](const PhaseValues &launch) {
    return std::ranges::any_of(
        launch, [](const auto &value) { return value.first.quantity == Quantity::waiting; });
  };
  return std::ranges::any_of(samples.baseline, waits) ||
         std::ranges::any_of(samples.current, waits);
}

/// The gates before anything is judged: those that can be, by their phases' ids, and the verdicts,
/// which are not measured for all others.
struct GatedColumns {
  std::vector<PhaseVerdict> phases;
  std::vector<Column> judged;

  std::vector<ColumnMargin> margins() const {
    std::vector<ColumnMargin> result;
    for (const PhaseVerdict &phase : phases)
      if (phase.verdict != Verdict::not_measured)
        result.push_back({phase.tolerance, phase.floor});
    return result;
  }
};

GatedColumns gated_columns(const std::vector<Gate> &gates, const PhaseSamples &samples) {
  GatedColumns gated;
  const std::vector<std::string> ids = ids_of(samples);
  const bool waited = measures_waiting(samples);
  for (const Gate &gate : gates) {
    if (gate.waiting && !waited)
      continue;
    PhaseVerdict phase = unjudged_phase(gate, ids);
    if (phase.reason.empty())
      phase.reason = missing_in_samples(samples, phase.column());
    if (phase.reason.empty())
      phase.reason = nothing_in_samples(samples, phase.column());
    if (phase.reason.empty())
      gated.judged.push_back(phase.column());
    else
      phase.verdict = Verdict::not_measured;
    gated.phases.push_back(std::move(phase));
  }
  return gated;
}

/// The numbers of a column, with the means of what waited as they are.
void take_numbers(PhaseVerdict &phase, const ColumnTest &column) {
  static_cast<ColumnTest &>(phase) = column;
  if (phase.waiting) {
    phase.baseline_mean = std::max(0.0, phase.baseline_mean - waiting_offset_ns);
    phase.current_mean = std::max(0.0, phase.current_mean - waiting_offset_ns);
  }
}

/// A phase that is new has no ratio to what was not there.
void tell_from_nothing(PhaseVerdict &phase) {
  if (phase.waiting || !is_nothing(phase.baseline_mean) || is_nothing(phase.current_mean))
    return;
  phase.from_nothing = true;
  phase.baseline_mean = 0;
  phase.ratio = phase.half_width = phase.smallest_detectable =
      std::numeric_limits<double>::infinity();
}

/// Takes the decisions over, with the reason of each that is inconclusive.
template <class Reason>
void take_over(std::vector<PhaseVerdict> &phases, const std::vector<ColumnDecision> &columns,
               Reason reason) {
  std::size_t column = 0;
  for (PhaseVerdict &phase : phases) {
    if (phase.verdict == Verdict::not_measured)
      continue;
    const ColumnDecision &decided = columns[column++];
    take_numbers(phase, decided);
    phase.verdict = decided.verdict;
    if (phase.verdict == Verdict::inconclusive)
      phase.reason = reason(phase, decided.margin);
  }
}

/// Columns of a level with their numbers.
template <class Numbers>
std::vector<PhaseVerdict> named(const std::vector<Column> &columns,
                                const std::vector<Numbers> &numbers) {
  std::vector<PhaseVerdict> result(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    result[i].phase = columns[i].phase;
    result[i].waiting = columns[i].quantity == Quantity::waiting;
    take_numbers(result[i], numbers[i]);
  }
  return result;
}

/// That these launches cannot reach the error rate whatever they show, and how many more it takes;
/// "" when they can.
std::string too_few_launches(std::size_t baseline, std::size_t current, double smallest_p,
                             const ErrorRates &rates) {
  if (smallest_p <= rates.alpha)
    return "";
  const auto more = launches_needed(baseline, current, rates.whole_alpha);
  const std::string so_far =
      fmt::format("{} launch{} against {} of the baseline can reach p = {:.2g} at best, and "
                  "{:.2g} is required",
                  current, current == 1 ? "" : "es", baseline, smallest_p, rates.alpha);
  if (!more)
    return so_far + ": the baseline needs more launches";
  return fmt::format("{}: needs {} more launch{}", so_far, std::max<std::size_t>(*more, 1),
                     *more > 1 ? "es" : "");
}

PhaseSamples pooled(const StoredSessions &stored, const std::vector<PhaseValues> &current) {
  PhaseSamples samples;
  for (const std::vector<PhaseValues> &session : stored)
    samples.baseline.insert(samples.baseline.end(), session.begin(), session.end());
  samples.current = current;
  return samples;
}

/// The mean of the logs of the launches that have all the columns; empty when none has.
std::vector<double> log_means(const std::vector<PhaseValues> &launches,
                              const std::vector<Column> &columns) {
  const LaunchValues values = judged_values(launches, columns);
  std::vector<double> means;
  for (std::size_t i = 0; !values.empty() && i < columns.size(); ++i)
    means.push_back(std::log(geometric_mean(values, i)));
  return means;
}

/// The baseline's launches that have all the columns, session by session; sessions without one are
/// left out.
std::vector<LaunchValues> judged_sessions(const PhaseSamples &samples,
                                          const std::vector<Column> &columns) {
  std::vector<LaunchValues> sessions;
  auto first = samples.baseline.begin();
  for (const std::size_t launches : samples.baseline_sessions) {
    const auto last = first + static_cast<std::ptrdiff_t>(launches);
    if (LaunchValues values = judged_values({first, last}, columns); !values.empty())
      sessions.push_back(std::move(values));
    first = last;
  }
  return sessions;
}

SessionMeans log_means(const StoredSessions &sessions, const std::vector<Column> &columns) {
  SessionMeans means;
  for (const std::vector<PhaseValues> &session : sessions)
    if (std::vector<double> each = log_means(session, columns); !each.empty())
      means.push_back(std::move(each));
  return means;
}

} // namespace

std::vector<PhaseVerdict> unjudged_phases(const std::vector<Gate> &gates,
                                          const PhaseSamples &samples) {
  return gated_columns(gates, samples).phases;
}

std::size_t usable_launches(const std::vector<Gate> &gates, const PhaseSamples &samples) {
  return judged_values(samples.baseline, gated_columns(gates, samples).judged).size();
}

Judgement judge_launches(const std::vector<Gate> &gates, const PhaseSamples &samples,
                         const ErrorRates &rates, const Permutations &permutations) {
  Judgement judgement;
  GatedColumns gated = gated_columns(gates, samples);
  const LaunchValues baseline = judged_values(samples.baseline, gated.judged);
  const LaunchValues current = judged_values(samples.current, gated.judged);
  if (gated.judged.empty() || baseline.empty() || current.empty()) {
    judgement.phases = std::move(gated.phases);
    mark_not_measured(judgement.phases, "no launch of the baseline has all the gated phases");
    return judgement;
  }
  const std::vector<LaunchValues> sessions = judged_sessions(samples, gated.judged);
  const std::vector<SessionSpread> spreads = session_spreads(sessions, current.size());
  const TwoSampleDecision decision =
      decide_two_samples(baseline, current, gated.margins(), rates, permutations, spreads);
  judgement.spread_sessions = spreads.empty() ? 0 : sessions.size();
  judgement.exact = decision.exact;
  judgement.permutations = decision.permutations;
  judgement.phases = std::move(gated.phases);
  const std::string too_few =
      too_few_launches(baseline.size(), current.size(), decision.smallest_p, rates);
  take_over(judgement.phases, decision.columns, [&](const PhaseVerdict &phase, double margin) {
    return too_few.empty() ? undecided_reason(phase, margin, rates.alpha) : too_few;
  });
  pass_swallowed_waits(judgement.phases, samples);
  return judgement;
}

std::vector<PhaseVerdict> test_launch_level(const std::vector<Column> &columns,
                                            const PhaseSamples &measured, const ErrorRates &rates,
                                            const Permutations &permutations) {
  const PhaseSamples samples = with_new_phases(measured, columns);
  const std::vector<Column> judged = measured_columns(columns, samples);
  const LaunchValues baseline = judged_values(samples.baseline, judged);
  const LaunchValues current = judged_values(samples.current, judged);
  if (judged.empty() || baseline.empty() || current.empty())
    return {};
  const TwoSampleTest test =
      two_sample_max_t(baseline, current, rates.alpha, permutations.seed, permutations.max_exact);
  std::vector<PhaseVerdict> phases = named(judged, describe_two_samples(baseline, current, test));
  for (PhaseVerdict &phase : phases)
    tell_from_nothing(phase);
  return phases;
}

Judgement judge_sessions(const std::vector<Gate> &gates, const StoredSessions &stored,
                         const std::vector<PhaseValues> &current, const ErrorRates &rates) {
  Judgement judgement;
  GatedColumns gated = gated_columns(gates, pooled(stored, current));
  const SessionMeans means = log_means(stored, gated.judged);
  const std::vector<double> now = log_means(current, gated.judged);
  judgement.baseline_sessions = means.size();
  const std::vector<ColumnMargin> margins = gated.margins();
  judgement.phases = std::move(gated.phases);
  if (gated.judged.empty() || means.size() < least_sessions || now.empty()) {
    mark_not_measured(
        judgement.phases,
        fmt::format("{} of the baseline's {} sessions have launches with all the gated "
                    "phases, and {} are needed",
                    means.size(), stored.size(), least_sessions));
    return judgement;
  }
  take_over(judgement.phases, decide_between_sessions(means, now, margins, rates),
            [&](const PhaseVerdict &phase, double margin) {
              return undecided_reason(phase, margin, rates.alpha);
            });
  return judgement;
}

std::vector<PhaseVerdict> test_session_level(const std::vector<Column> &columns,
                                             const StoredSessions &stored,
                                             const std::vector<PhaseValues> &current,
                                             const ErrorRates &rates) {
  const std::vector<Column> judged = measured_columns(columns, pooled(stored, current));
  const SessionMeans means = log_means(stored, judged);
  const std::vector<double> now = log_means(current, judged);
  if (judged.empty() || means.size() < least_sessions || now.empty())
    return {};
  const std::vector<ColumnMargin> no_margins(judged.size());
  return named(judged, decide_between_sessions(means, now, no_margins, rates));
}

} // namespace bootperf
