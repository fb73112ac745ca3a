#include "verdict/check/judge.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "statistics/between_sessions.h"
#include "statistics/two_sample.h"
#include "verdict/explain/reasons.h"

namespace bootperf {
namespace {

// Naming a place decides nothing, and a level may hold a thousand initcalls.
constexpr std::uint64_t most_level_assignments = 10'000;

std::vector<std::string> ids_of(const PhaseSamples &samples) {
  std::vector<const PhaseValues *> launches;
  for (const auto *side : {&samples.baseline, &samples.current})
    for (const PhaseValues &launch : *side)
      launches.push_back(&launch);
  return phase_ids(launches);
}

/// The gates before anything is judged: those that can be, by their phases' ids, and the verdicts,
/// which are not measured for all others.
struct GatedColumns {
  std::vector<PhaseVerdict> phases;
  std::vector<std::string> judged;

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
  for (const Gate &gate : gates) {
    PhaseVerdict phase = unjudged_phase(gate, ids);
    if (phase.reason.empty())
      phase.reason = missing_in_samples(samples, phase.phase);
    if (phase.reason.empty())
      gated.judged.push_back(phase.phase);
    else
      phase.verdict = Verdict::not_measured;
    gated.phases.push_back(std::move(phase));
  }
  return gated;
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
    static_cast<ColumnTest &>(phase) = decided;
    phase.verdict = decided.verdict;
    if (phase.verdict == Verdict::inconclusive)
      phase.reason = reason(phase, decided.margin);
  }
}

/// Phases of a level with their numbers.
template <class Column>
std::vector<PhaseVerdict> named(const std::vector<std::string> &phases,
                                const std::vector<Column> &columns) {
  std::vector<PhaseVerdict> result(phases.size());
  for (std::size_t i = 0; i < phases.size(); ++i) {
    static_cast<ColumnTest &>(result[i]) = columns[i];
    result[i].phase = phases[i];
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
      fmt::format("{} launches against {} of the baseline can reach p = {:.2g} at best, and "
                  "{:.2g} is required",
                  current, baseline, smallest_p, rates.alpha);
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

/// The mean of the logs of the launches that have all the phases; empty when none has.
std::vector<double> log_means(const std::vector<PhaseValues> &launches,
                              const std::vector<std::string> &phases) {
  const LaunchValues values = phase_columns(launches, phases);
  std::vector<double> means;
  for (std::size_t i = 0; !values.empty() && i < phases.size(); ++i)
    means.push_back(std::log(geometric_mean(values, i)));
  return means;
}

SessionMeans log_means(const StoredSessions &sessions, const std::vector<std::string> &phases) {
  SessionMeans means;
  for (const std::vector<PhaseValues> &session : sessions)
    if (std::vector<double> each = log_means(session, phases); !each.empty())
      means.push_back(std::move(each));
  return means;
}

} // namespace

std::vector<PhaseVerdict> unjudged_phases(const std::vector<Gate> &gates,
                                          const PhaseSamples &samples) {
  return gated_columns(gates, samples).phases;
}

std::size_t usable_launches(const std::vector<Gate> &gates, const PhaseSamples &samples) {
  return phase_columns(samples.baseline, gated_columns(gates, samples).judged).size();
}

Judgement judge_launches(const std::vector<Gate> &gates, const PhaseSamples &samples,
                         const ErrorRates &rates, const Permutations &permutations) {
  Judgement judgement;
  GatedColumns gated = gated_columns(gates, samples);
  const LaunchValues baseline = phase_columns(samples.baseline, gated.judged);
  const LaunchValues current = phase_columns(samples.current, gated.judged);
  if (gated.judged.empty() || baseline.empty() || current.empty()) {
    judgement.phases = std::move(gated.phases);
    mark_not_measured(judgement.phases, "no launch of the baseline has all the gated phases");
    return judgement;
  }
  const TwoSampleDecision decision =
      decide_two_samples(baseline, current, gated.margins(), rates, permutations);
  judgement.exact = decision.exact;
  judgement.permutations = decision.permutations;
  judgement.phases = std::move(gated.phases);
  const std::string too_few =
      too_few_launches(baseline.size(), current.size(), decision.smallest_p, rates);
  take_over(judgement.phases, decision.columns, [&](const PhaseVerdict &phase, double margin) {
    return too_few.empty() ? undecided_reason(phase, margin, rates.alpha) : too_few;
  });
  return judgement;
}

std::vector<PhaseVerdict> test_launch_level(const std::vector<std::string> &phases,
                                            const PhaseSamples &samples, const ErrorRates &rates,
                                            std::uint64_t seed) {
  const std::vector<std::string> judged = measured_phases(phases, samples);
  const LaunchValues baseline = phase_columns(samples.baseline, judged);
  const LaunchValues current = phase_columns(samples.current, judged);
  if (judged.empty() || baseline.empty() || current.empty())
    return {};
  const TwoSampleTest test =
      two_sample_max_t(baseline, current, rates.alpha, seed, most_level_assignments);
  return named(judged, describe_two_samples(baseline, current, test));
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

std::vector<PhaseVerdict> test_session_level(const std::vector<std::string> &phases,
                                             const StoredSessions &stored,
                                             const std::vector<PhaseValues> &current,
                                             const ErrorRates &rates) {
  const std::vector<std::string> judged = measured_phases(phases, pooled(stored, current));
  const SessionMeans means = log_means(stored, judged);
  const std::vector<double> now = log_means(current, judged);
  if (judged.empty() || means.size() < least_sessions || now.empty())
    return {};
  const std::vector<ColumnMargin> no_margins(judged.size());
  return named(judged, decide_between_sessions(means, now, no_margins, rates));
}

} // namespace bootperf
