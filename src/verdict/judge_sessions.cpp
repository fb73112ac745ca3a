#include "verdict/judge_sessions.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "statistics/between_sessions.h"
#include "verdict/undecided_reason.h"

namespace bootperf {
namespace {

using Sessions = std::vector<std::vector<PhaseValues>>;

Evidence pooled(const Sessions &stored, const std::vector<PhaseValues> &current) {
  Evidence evidence;
  for (const std::vector<PhaseValues> &session : stored)
    evidence.baseline.insert(evidence.baseline.end(), session.begin(), session.end());
  evidence.current = current;
  return evidence;
}

/// The mean of the logs of the launches that have all the phases; empty when none has.
std::vector<double> log_means(const std::vector<PhaseValues> &launches,
                              const std::vector<std::string> &phases) {
  const LaunchValues values = columns(launches, phases);
  std::vector<double> means;
  for (std::size_t i = 0; !values.empty() && i < phases.size(); ++i)
    means.push_back(std::log(geometric_mean(values, i)));
  return means;
}

SessionMeans log_means(const Sessions &sessions, const std::vector<std::string> &phases) {
  SessionMeans means;
  for (const std::vector<PhaseValues> &session : sessions)
    if (std::vector<double> each = log_means(session, phases); !each.empty())
      means.push_back(std::move(each));
  return means;
}

double mean_of(const SessionMeans &sessions, std::size_t phase) {
  double sum = 0;
  for (const std::vector<double> &session : sessions)
    sum += session[phase];
  return sum / static_cast<double>(sessions.size());
}

void fill_in(PhaseVerdict &phase, const SessionEffect &effect, double stored, double current) {
  phase.baseline_mean = std::exp(stored);
  phase.current_mean = std::exp(current);
  phase.ratio = std::exp(effect.log_effect);
  phase.half_width = phase.ratio * std::expm1(effect.log_half_width);
  phase.p_slower = effect.p_slower;
  phase.p_faster = effect.p_faster;
  phase.smallest_detectable = effect.smallest_detectable;
}

double margin_of(const PhaseVerdict &phase, double stored) {
  return std::max(phase.tolerance, phase.floor / std::exp(stored));
}

} // namespace

Judgement judge_sessions(const std::vector<Gate> &gates, const Sessions &stored,
                         const std::vector<PhaseValues> &current, const Judging &with) {
  Judgement judgement;
  auto [phases, judged] = gated_evidence(gates, pooled(stored, current));
  judgement.phases = std::move(phases);
  const SessionMeans means = log_means(stored, judged);
  const std::vector<double> now = log_means(current, judged);
  judgement.baseline_sessions = means.size();
  if (judged.empty() || means.size() < least_sessions || now.empty()) {
    not_measured(judgement.phases,
                 fmt::format("{} of the baseline's {} sessions have launches with all the gated "
                             "phases, and {} are needed",
                             means.size(), stored.size(), least_sessions));
    return judgement;
  }
  std::vector<double> margins;
  for (const PhaseVerdict &phase : judgement.phases)
    if (phase.verdict != Verdict::not_measured)
      margins.push_back(margin_of(phase, mean_of(means, margins.size())));
  const std::vector<SessionEffect> effects = between_sessions(means, now, margins, with.alpha);
  std::size_t column = 0;
  for (PhaseVerdict &phase : judgement.phases) {
    if (phase.verdict == Verdict::not_measured)
      continue;
    fill_in(phase, effects[column], mean_of(means, column), now[column]);
    phase.verdict = verdict_of(phase, margins[column], effects[column].p_below_margin, with);
    if (phase.verdict == Verdict::inconclusive)
      phase.reason = undecided_reason(phase, margins[column], with.alpha);
    ++column;
  }
  return judgement;
}

std::vector<PhaseVerdict> test_level(const std::vector<std::string> &phases, const Sessions &stored,
                                     const std::vector<PhaseValues> &current, const Judging &with) {
  const Evidence evidence = pooled(stored, current);
  std::vector<std::string> judged;
  for (const std::string &phase : phases)
    if (why_not_measured(evidence, phase).empty())
      judged.push_back(phase);
  const SessionMeans means = log_means(stored, judged);
  const std::vector<double> now = log_means(current, judged);
  if (judged.empty() || means.size() < least_sessions || now.empty())
    return {};
  const std::vector<double> no_margins(judged.size(), 0.0);
  const std::vector<SessionEffect> effects = between_sessions(means, now, no_margins, with.alpha);
  std::vector<PhaseVerdict> result(judged.size());
  for (std::size_t i = 0; i < judged.size(); ++i) {
    result[i].phase = judged[i];
    fill_in(result[i], effects[i], mean_of(means, i), now[i]);
  }
  return result;
}

} // namespace bootperf
