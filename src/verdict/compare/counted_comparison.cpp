#include <algorithm>

#include "statistics/interim_looks.h"
#include "verdict/check/judge.h"
#include "verdict/compare/scenario_comparison.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {
namespace {

ErrorRates error_rates_at(const std::vector<InterimLook> &looks, const Policy &policy) {
  const std::size_t most = all_counted_rounds().head;
  return {.alpha = alpha_at_last(policy.alpha, looks, most),
          .alpha_faster = alpha_at_last(policy.alpha_faster, looks, most),
          .whole_alpha = policy.alpha};
}

bool is_decided(const Judgement &judgement) {
  return std::ranges::none_of(judgement.phases, [](const PhaseVerdict &phase) {
    return phase.verdict == Verdict::inconclusive;
  });
}

} // namespace

ScenarioCheck compare_counted(const Session &session, const std::string &scenario,
                              const Policy &policy) {
  ScenarioCheck check = begin_comparison(session, scenario, Metric::instructions, policy);
  const SampleLaunches base = sample_launches(session, scenario, "base");
  const SampleLaunches head = sample_launches(session, scenario, "head");
  const std::vector<Gate> gates =
      policy.family(Metric::instructions, {session.scenario(scenario)->mode, scenario});
  check.comparison->most_launches = all_counted_rounds().base + all_counted_rounds().head;

  PhaseSamples samples;
  ErrorRates rates;
  Judgement judgement;
  std::vector<InterimLook> made;
  for (const InterimLook &look : counted_looks(all_counted_rounds().head)) {
    const bool is_reached = base.launches.size() >= look.base && head.launches.size() >= look.head;
    if (!made.empty() && (!is_reached || is_decided(judgement)))
      break;
    made.push_back(look);
    // Before the first look what is there is shown, though it can decide nothing yet.
    samples = {phase_values(base, Metric::instructions, look.base),
               phase_values(head, Metric::instructions, look.head)};
    rates = error_rates_at(made, policy);
    judgement = judge_launches(gates, samples, rates, {.seed = session.seed});
    if (is_reached)
      check.comparison->looks.push_back(look.head);
  }
  check.alpha = rates.alpha;
  check.exact = judgement.exact;
  check.permutations = judgement.permutations;
  check.phases = std::move(judgement.phases);
  check.baseline_launches = samples.baseline.size();
  check.launches = samples.current.size();
  check.comparison->launches = check.baseline_launches + check.launches;
  check.comparison->decided = !check.comparison->looks.empty() && is_decided({check.phases});
  end_comparison(check, session, policy, [&](const std::vector<Column> &level) {
    return test_launch_level(level, samples, rates, to_name_places(session.seed));
  });
  return check;
}

} // namespace bootperf
