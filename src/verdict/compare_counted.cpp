#include "verdict/compare_counted.h"

#include <algorithm>

#include "verdict/comparison_check.h"
#include "verdict/evidence.h"
#include "verdict/judge.h"
#include "verdict/looks.h"

namespace bootperf {
namespace {

std::vector<PhaseValues> values_of(const Samples &samples, std::size_t most) {
  std::vector<PhaseValues> values;
  for (const Launch *launch : samples.launches)
    if (values.size() < most)
      values.push_back(values_of(*launch, Metric::instructions));
  return values;
}

Judging judging_at(const std::vector<Look> &looks, const Session &session, const Policy &policy) {
  const std::size_t most = all_counted_rounds().head;
  return {.alpha = alpha_at_last(policy.alpha, looks, most),
          .alpha_faster = alpha_at_last(policy.alpha_faster, looks, most),
          .whole_alpha = policy.alpha,
          .seed = session.seed};
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
  const Samples base = samples_of(session, scenario, "base");
  const Samples head = samples_of(session, scenario, "head");
  const std::vector<Gate> gates =
      policy.gates(Metric::instructions, session.scenario(scenario)->mode);
  check.comparison->most_launches = all_counted_rounds().base + all_counted_rounds().head;

  Evidence evidence;
  Judging with;
  Judgement judgement;
  std::vector<Look> made;
  for (const Look &look : counted_looks(all_counted_rounds().head)) {
    const bool is_reached = base.launches.size() >= look.base && head.launches.size() >= look.head;
    if (!made.empty() && (!is_reached || is_decided(judgement)))
      break;
    made.push_back(look);
    // Before the first look what is there is shown, though it can decide
    // nothing yet.
    evidence = {values_of(base, look.base), values_of(head, look.head)};
    with = judging_at(made, session, policy);
    judgement = judge(gates, evidence, with);
    if (is_reached)
      check.comparison->looks.push_back(look.head);
  }
  check.alpha = with.alpha;
  check.exact = judgement.exact;
  check.permutations = judgement.permutations;
  check.phases = std::move(judgement.phases);
  check.baseline_launches = evidence.baseline.size();
  check.launches = evidence.current.size();
  check.comparison->launches = check.baseline_launches + check.launches;
  check.comparison->decided = !check.comparison->looks.empty() && is_decided({check.phases});
  end_comparison(check, session, policy, [&](const std::vector<std::string> &level) {
    return test_level(level, evidence, with);
  });
  return check;
}

} // namespace bootperf
