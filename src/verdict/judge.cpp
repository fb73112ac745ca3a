#include "verdict/judge.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "verdict/match.h"
#include "verdict/undecided_reason.h"

namespace bootperf {
namespace {

std::vector<std::string> ids_of(const Evidence &evidence) {
  std::vector<const PhaseValues *> launches;
  for (const auto *side : {&evidence.baseline, &evidence.current})
    for (const PhaseValues &launch : *side)
      launches.push_back(&launch);
  return phase_ids(launches);
}

PhaseVerdict unjudged(const Gate &gate, const std::vector<std::string> &ids,
                      const Evidence &evidence) {
  PhaseVerdict phase = unjudged(gate, ids);
  if (phase.reason.empty())
    phase.reason = why_not_measured(evidence, phase.phase);
  if (!phase.reason.empty())
    phase.verdict = Verdict::not_measured;
  return phase;
}

struct Counts {
  std::size_t baseline = 0, current = 0;
};

/// Why a phase is neither regressed, nor improved, nor a pass.
std::string why_inconclusive(const PhaseVerdict &phase, double margin, double smallest_p,
                             Counts launches, const Judging &with) {
  if (smallest_p > with.alpha) {
    const auto more = launches_needed(launches.baseline, launches.current, with.whole_alpha);
    const std::string so_far =
        fmt::format("{} launches against {} of the baseline can reach p = {:.2g} at best, and "
                    "{:.2g} is required",
                    launches.current, launches.baseline, smallest_p, with.alpha);
    if (!more)
      return so_far + ": the baseline needs more launches";
    return fmt::format("{}: needs {} more launch{}", so_far, std::max<std::size_t>(*more, 1),
                       *more > 1 ? "es" : "");
  }
  return undecided_reason(phase, margin, with.alpha);
}

/// The numbers of one column of a test.
void fill_in(PhaseVerdict &phase, const PhaseTest &tested, const LaunchValues &baseline,
             const LaunchValues &current, std::size_t column) {
  phase.baseline_mean = geometric_mean(baseline, column);
  phase.current_mean = geometric_mean(current, column);
  phase.ratio = std::exp(tested.log_effect);
  phase.half_width = phase.ratio * std::expm1(tested.log_half_width);
  phase.p_slower = tested.p_slower;
  phase.p_faster = tested.p_faster;
  phase.smallest_detectable = tested.smallest_detectable;
}

// Naming a place decides nothing, and a level may hold a thousand initcalls.
constexpr std::uint64_t most_level_assignments = 10'000;

} // namespace

GatedEvidence gated_evidence(const std::vector<Gate> &gates, const Evidence &evidence) {
  GatedEvidence gated;
  const std::vector<std::string> ids = ids_of(evidence);
  for (const Gate &gate : gates) {
    gated.phases.push_back(unjudged(gate, ids, evidence));
    if (gated.phases.back().verdict != Verdict::not_measured)
      gated.judged.push_back(gated.phases.back().phase);
  }
  return gated;
}

void not_measured(std::vector<PhaseVerdict> &phases, const std::string &reason) {
  for (PhaseVerdict &phase : phases)
    if (phase.verdict != Verdict::not_measured) {
      phase.verdict = Verdict::not_measured;
      phase.reason = reason;
    }
}

std::size_t usable_launches(const std::vector<Gate> &gates, const Evidence &evidence) {
  return columns(evidence.baseline, gated_evidence(gates, evidence).judged).size();
}

Verdict verdict_of(const PhaseVerdict &phase, double margin, double p_below_margin,
                   const Judging &with) {
  if (phase.p_slower <= with.alpha && phase.ratio - 1 >= margin)
    return Verdict::regressed;
  if (phase.p_faster <= with.alpha_faster && 1 - phase.ratio >= margin)
    return Verdict::improved;
  return p_below_margin <= with.alpha ? Verdict::pass : Verdict::inconclusive;
}

std::vector<PhaseVerdict> test_level(const std::vector<std::string> &phases,
                                     const Evidence &evidence, const Judging &with) {
  std::vector<std::string> judged;
  for (const std::string &phase : phases)
    if (why_not_measured(evidence, phase).empty())
      judged.push_back(phase);
  const LaunchValues baseline = columns(evidence.baseline, judged);
  const LaunchValues current = columns(evidence.current, judged);
  if (judged.empty() || baseline.empty() || current.empty())
    return {};
  const TwoSampleTest test =
      two_sample_max_t(baseline, current, with.alpha, with.seed, most_level_assignments);
  std::vector<PhaseVerdict> result(judged.size());
  for (std::size_t i = 0; i < judged.size(); ++i) {
    result[i].phase = judged[i];
    fill_in(result[i], test.phases[i], baseline, current, i);
  }
  return result;
}

Judgement judge(const std::vector<Gate> &gates, const Evidence &evidence, const Judging &with) {
  Judgement judgement;
  auto [phases, judged] = gated_evidence(gates, evidence);
  judgement.phases = std::move(phases);
  const LaunchValues baseline = columns(evidence.baseline, judged);
  const LaunchValues current = columns(evidence.current, judged);
  if (judged.empty() || baseline.empty() || current.empty()) {
    not_measured(judgement.phases, "no launch of the baseline has all the gated phases");
    return judgement;
  }
  const TwoSampleTest test =
      two_sample_max_t(baseline, current, with.alpha, with.seed, with.max_assignments);
  judgement.exact = test.exact;
  judgement.permutations = test.permutations;

  std::vector<double> margins;
  std::size_t column = 0;
  for (PhaseVerdict &phase : judgement.phases) {
    if (phase.verdict == Verdict::not_measured)
      continue;
    fill_in(phase, test.phases[column], baseline, current, column);
    margins.push_back(std::max(phase.tolerance, phase.floor / phase.baseline_mean));
    ++column;
  }
  const std::vector<double> below =
      below_margin_p(baseline, current, margins, with.seed, with.max_assignments);
  column = 0;
  for (PhaseVerdict &phase : judgement.phases) {
    if (phase.verdict == Verdict::not_measured)
      continue;
    phase.verdict = verdict_of(phase, margins[column], below[column], with);
    if (phase.verdict == Verdict::inconclusive)
      phase.reason = why_inconclusive(phase, margins[column], test.smallest_p,
                                      {baseline.size(), current.size()}, with);
    ++column;
  }
  return judgement;
}

} // namespace bootperf
