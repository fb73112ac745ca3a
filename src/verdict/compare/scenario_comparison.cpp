#include "verdict/compare/scenario_comparison.h"

#include <algorithm>

#include <fmt/format.h>

#include "statistics/decision.h"
#include "verdict/compare/likeness.h"
#include "verdict/explain/reasons.h"
#include "verdict/samples/measuring_fault.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {
namespace {

/// What bars the comparison of a scenario, or "".
std::string bar(const Session &session, const std::string &scenario, Metric metric,
                const Policy &policy) {
  for (const std::string subject : {"base", "head"}) {
    const SampleLaunches samples = sample_launches(session, scenario, subject);
    if (std::string reason = failures_reason(samples, policy, " of " + subject); !reason.empty())
      return reason;
    if (const std::string fault = measuring_fault(samples, metric); !fault.empty())
      return subject + ": " + fault;
  }
  return unlike_reason(session, scenario, metric, policy);
}

/// A control that moved by its margin or more, in either direction, else a pass.
Verdict control_verdict(const PhaseVerdict &control, double alpha) {
  const double margin =
      ColumnMargin{control.tolerance, control.floor}.ratio_at(control.baseline_mean);
  constexpr double below_margin = 0; // nothing has to be shown for a pass
  return column_verdict(control, margin, below_margin, {alpha, alpha, alpha});
}

std::string void_reason(const PhaseVerdict &control) {
  if (control.verdict == Verdict::not_measured)
    return fmt::format("the negative control {} was not measured", control.phase);
  return fmt::format("the negative control {} moved by {:+.1f} %: something other than the "
                     "subject differs between base and head, so none of this can be trusted",
                     control.phase, 100 * (control.ratio - 1));
}

void judge_controls(ScenarioCheck &check, const PhaseTree &tree, const std::vector<Gate> &controls,
                    const LevelTest &test, double alpha) {
  std::vector<std::string> ids;
  std::vector<Column> named;
  for (const Phase &phase : tree.phases)
    ids.push_back(phase.id);
  for (const Gate &control : controls)
    named.emplace_back(gated_phase(control, ids).id);
  const std::vector<PhaseVerdict> tested = test(named);
  for (std::size_t i = 0; i < controls.size(); ++i) {
    const auto found = std::ranges::find(tested, named[i], &PhaseVerdict::column);
    PhaseVerdict verdict = found == tested.end() ? PhaseVerdict{} : *found;
    verdict.phase = named[i].phase;
    verdict.tolerance = controls[i].tolerance;
    verdict.floor = controls[i].floor;
    verdict.verdict =
        found == tested.end() ? Verdict::not_measured : control_verdict(verdict, alpha);
    if (verdict.verdict != Verdict::pass && check.reason.empty())
      check.reason = void_reason(verdict);
    check.comparison->controls.push_back(std::move(verdict));
  }
}

} // namespace

ScenarioCheck begin_comparison(const Session &session, const std::string &scenario, Metric metric,
                               const Policy &policy) {
  ScenarioCheck check;
  check.scenario = scenario;
  check.metric = metric;
  check.alpha = policy.alpha;
  check.baseline_sessions = 1;
  check.failed_launches = sample_launches(session, scenario, "base").failed +
                          sample_launches(session, scenario, "head").failed;
  check.reason = bar(session, scenario, metric, policy);
  check.comparison.emplace();
  if (session.comparison) {
    check.comparison->base = session.comparison->base.name;
    check.comparison->head = session.comparison->head.name;
    check.comparison->most_launches = session.comparison->most_launches;
  }
  const std::string &mode = session.scenario(scenario)->mode;
  if (policy.family(metric, {mode, scenario}).empty()) {
    check.advisory = check.ungated = true;
    check.reason =
        fmt::format("the policy gates no phase of the mode \"{}\" by {}", mode, to_text(metric));
  }
  return check;
}

void end_comparison(ScenarioCheck &check, const Session &session, const Policy &policy,
                    const LevelTest &test) {
  const SampleLaunches head = sample_launches(session, check.scenario, "head");
  check.verdict = conclude(check.phases, head, test, policy.alpha);
  if (!head.launches.empty())
    judge_controls(
        check, head.launches.front()->phases,
        policy.controls(check.metric, {session.scenario(check.scenario)->mode, check.scenario}),
        test, policy.alpha);
  if (!check.reason.empty())
    check.verdict = Verdict::not_measured;
}

} // namespace bootperf
