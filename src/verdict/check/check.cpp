#include "verdict/check/check.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/text.h"
#include "session/scenario_name.h"
#include "statistics/interim_looks.h"
#include "verdict/check/judge.h"
#include "verdict/check/moved.h"
#include "verdict/explain/causes.h"
#include "verdict/explain/places.h"
#include "verdict/explain/reasons.h"
#include "verdict/samples/measuring_fault.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {
namespace {

std::string no_baseline(const MachineClass &machine_class,
                        const std::vector<ClassDifference> &nearest, const CheckOptions &options) {
  std::string text = fmt::format("no baseline for this class ({}, {})", machine_class.name(),
                                 to_text(machine_class.metric));
  if (!nearest.empty()) {
    text += "; the nearest differs in";
    const char *separator = " ";
    for (const ClassDifference &each : nearest) {
      const auto shown = [](const std::string &value) { return value.empty() ? "none" : value; };
      text += fmt::format("{}{}: {} → {}", separator, each.key, shown(each.baseline),
                          shown(each.current));
      separator = ", ";
    }
  }
  return options.name_update_command ? text + "; make one: " + update_command(options) : text;
}

/// What bars the check before it begins, or "".
std::string failed_or_empty(const SampleLaunches &samples, const Policy &policy) {
  if (std::string failures = failures_reason(samples, policy, ""); !failures.empty())
    return failures;
  const std::string first = samples.failure.empty() ? "" : "; the first: " + samples.failure;
  if (samples.launches.empty())
    return "no launch of this scenario counts: all are warm-ups, or rebuilt the appliance" + first;
  return "";
}

/// The error rates of a check of so many launches: counted ones are looked at again and again.
ErrorRates error_rates(const Policy &policy, const Scenario &scenario, Metric metric,
                       const std::vector<Gate> &gates, const PhaseSamples &samples) {
  ErrorRates rates{policy.alpha, policy.alpha_faster, policy.alpha};
  if (metric == Metric::instructions && scenario.mode == "counted") {
    const std::size_t before = usable_launches(gates, samples);
    const std::size_t now = samples.current.size();
    rates.alpha = alpha_at_look(policy.alpha, policy.counted_range(), before, now);
    rates.alpha_faster = alpha_at_look(policy.alpha_faster, policy.counted_range(), before, now);
  }
  return rates;
}

StoredSessions stored_in(const Baseline &baseline) {
  StoredSessions stored;
  for (const BaselineSession &each : baseline.sessions)
    stored.push_back(each.launches);
  return stored;
}

/// Launches of a baseline and of now, pooled: for counts, and for wall time of the same minutes.
void check_launches(ScenarioCheck &check, const Session &session, const Scenario &scenario,
                    const SampleLaunches &launches, const Baseline &baseline,
                    const std::vector<Gate> &gates, const Policy &policy,
                    const CheckOptions &options) {
  PhaseSamples samples{baseline.pooled(), phase_values(launches, check.metric)};
  // Wall time of other sessions is judged by another test; here it is of the same minutes.
  if (check.metric == Metric::instructions)
    for (const BaselineSession &stored : baseline.sessions)
      samples.baseline_sessions.push_back(stored.launches.size());
  const ErrorRates rates = error_rates(policy, scenario, check.metric, gates, samples);
  const Judgement judgement =
      judge_launches(gates, samples, rates, {session.seed, options.max_assignments});
  check.exact = judgement.exact;
  check.permutations = judgement.permutations;
  check.spread_sessions = judgement.spread_sessions;
  check.alpha = rates.alpha;
  check.phases = judgement.phases;
  const LevelTest test = [&](const std::vector<Column> &level) {
    return test_launch_level(level, samples, rates, to_name_places(session.seed));
  };
  check.verdict = conclude(check.phases, launches, test, rates.alpha);
  if (check.metric == Metric::instructions)
    check.moved = moved_columns(check.phases, stored_in(baseline), samples, test, rates.alpha);
}

/// Wall time of another session: by the spread between sessions.
void check_between_sessions(ScenarioCheck &check, const SampleLaunches &launches,
                            const Baseline &baseline, const std::vector<Gate> &gates,
                            const Policy &policy) {
  const StoredSessions stored = stored_in(baseline);
  const std::vector<PhaseValues> current = phase_values(launches, check.metric);
  const ErrorRates rates{policy.alpha, policy.alpha_faster, policy.alpha};
  check.between_sessions = true;
  const Judgement judgement = judge_sessions(gates, stored, current, rates);
  check.baseline_sessions = judgement.baseline_sessions;
  check.alpha = rates.alpha;
  check.phases = judgement.phases;
  const LevelTest test = [&](const std::vector<Column> &level) {
    return test_session_level(level, stored, current, rates);
  };
  check.verdict = conclude(check.phases, launches, test, rates.alpha);
}

bool is_judged_between_sessions(const ScenarioCheck &check, const Baseline &baseline,
                                const CheckOptions &options) {
  return check.metric == Metric::wall && !options.same_session &&
         baseline.sessions.size() >= least_sessions;
}

/// A machine's speed drifts: what was made longer ago was made on another one.
constexpr std::chrono::minutes longest_moment{60};

bool is_none_measured(const std::vector<Gate> &gates, const std::vector<PhaseValues> &launches) {
  std::vector<const PhaseValues *> all;
  for (const PhaseValues &launch : launches)
    all.push_back(&launch);
  const std::vector<std::string> ids = phase_ids(all);
  return std::ranges::all_of(
      gates, [&](const Gate &gate) { return !gated_phase(gate, ids).reason.empty(); });
}

std::string why_advisory(std::size_t sessions) {
  return fmt::format(
      "wall time varies from session to session, and the baseline holds {} of the {} sessions "
      "needed to know by how much: advisory only (`bootperf baseline update` adds one; "
      "--same-session says that the baseline was made moments before on this machine)",
      sessions, enough_sessions);
}

/// Why this baseline was not made moments before on this machine, as --same-session claims; "" when
/// nothing speaks against it.
std::string why_apart(const Session &session, const Scenario &scenario, const Baseline &baseline) {
  const BaselineSession now = baseline_session(session, scenario, Metric::wall);
  const auto created = time_from_utc(session.created);
  for (const BaselineSession &before : baseline.sessions) {
    if (before.id == session.id || shares_a_launch(before, now))
      return fmt::format("the baseline holds this very session, as {}", before.id);
    if (before.host != now.host)
      return fmt::format("the baseline's session {} was made on {}, and this one on {}", before.id,
                         before.host.empty() ? "a host that it does not name" : before.host,
                         now.host.empty() ? "a host that it does not name" : now.host);
    const auto until = time_from_utc(before.until);
    const bool is_near = until && created ? std::chrono::abs(*created - *until) <= longest_moment
                                          : before.date == now.date;
    if (!is_near)
      return fmt::format("the baseline's session {} ended at {}, and this one began at {}, more "
                         "than {} minutes apart",
                         before.id, before.until.empty() ? before.date : before.until,
                         session.created, longest_moment.count());
  }
  return "";
}

ScenarioCheck check_scenario(const Session &session, const Scenario &scenario,
                             const std::vector<Baseline> &baselines, const Policy &policy,
                             const CheckOptions &options) {
  ScenarioCheck check;
  check.scenario = scenario.name;
  check.metric = options.metric.value_or(deciding_metric(scenario.mode));
  check.alpha = policy.alpha;
  const SampleLaunches samples = sample_launches(session, scenario.name);
  check.launches = samples.launches.size();
  check.failed_launches = samples.failed;
  // An appliance that does not come up decides, whatever the metric would have done.
  check.reason = failed_or_empty(samples, policy);
  if (!check.reason.empty())
    return check;

  check.reason = measuring_fault(samples, check.metric);
  if (!check.reason.empty())
    return check;
  const std::vector<Gate> gates = policy.family(check.metric, {scenario.mode, scenario.name});
  if (gates.empty()) {
    check.advisory = check.ungated = true;
    check.reason = fmt::format("the policy gates no phase of the mode \"{}\" by {}", scenario.mode,
                               to_text(check.metric));
    return check;
  }
  // Advisory is what wall time says; launches that say nothing are a fault, whatever decides.
  if (check.metric == Metric::wall &&
      is_none_measured(gates, phase_values(samples, check.metric))) {
    check.reason = "these launches measure none of the phases that the policy gates";
    return check;
  }
  check.advisory = check.metric == Metric::wall && !options.same_session; // so far
  const MachineClass wanted = machine_class(scenario, check.metric, policy);
  const std::vector<const Baseline *> found = baselines_of(baselines, wanted, policy);
  if (found.empty()) {
    check.without_baseline = true;
    check.class_differences = nearest_differences(baselines, wanted, policy);
    check.reason = no_baseline(wanted, check.class_differences, options);
    return check;
  }
  if (found.size() > 1) {
    check.reason = fmt::format("two baselines are for this class, {} and {}: remove one",
                               found[0]->file, found[1]->file);
    return check;
  }
  const Baseline &baseline = *found[0];
  check.baseline_file = baseline.file;
  check.baseline_launches = baseline.launches();
  check.baseline_sessions = baseline.sessions.size();
  check.version_differences = version_differences(baseline, scenario);
  if (check.metric == Metric::wall && options.same_session)
    if (const std::string why = why_apart(session, scenario, baseline); !why.empty()) {
      check.reason = "--same-session was given, and " + why +
                     ": wall time says nothing then; launch both within the hour, or in turn by "
                     "`bootperf compare`";
      return check;
    }
  if (is_judged_between_sessions(check, baseline, options))
    check_between_sessions(check, samples, baseline, gates, policy);
  else
    check_launches(check, session, scenario, samples, baseline, gates, policy, options);
  add_work_and_waiting(check, session, baselines, policy);
  check.advisory = check.advisory && check.baseline_sessions < enough_sessions;
  if (check.advisory)
    check.reason = why_advisory(check.baseline_sessions);
  return check;
}

/// A scenario of which no launch was made at all.
ScenarioCheck never_launched(const std::string &scenario, const Policy &policy) {
  ScenarioCheck check;
  check.scenario = scenario;
  check.metric = deciding_metric(mode_of_scenario(scenario));
  check.alpha = policy.alpha;
  check.reason = "no launch of this scenario was made";
  return check;
}

/// What remains when all that was looked at is advisory.
void nothing_decided(CheckReport &report) {
  report.exit = ExitCode::inconclusive;
  report.reason = "no verdict: every comparison is advisory";
  if (report.checks.empty())
    report.reason = "the session has no scenario";
  for (const ScenarioCheck &check : report.checks)
    if (check.verdict == Verdict::not_measured && report.exit != ExitCode::not_measured) {
      report.exit = ExitCode::not_measured;
      report.reason = check.scenario + ": " +
                      (check.phases.empty() ? check.reason : "a gated phase was not measured");
    }
  if (report.checks.empty())
    report.exit = ExitCode::not_measured;
}

} // namespace

std::string update_command(const CheckOptions &options) {
  return "bootperf baseline update " + shell_word(options.session_path) + " --thresholds " +
         shell_word(options.directory);
}

CheckReport check_session(const Session &session, const std::vector<Baseline> &baselines,
                          const Policy &policy, const CheckOptions &options) {
  CheckReport report;
  report.session = session.id;
  report.seed = session.seed;
  std::vector<Verdict> deciding;
  for (const Scenario *scenario : session.distinct_scenarios()) {
    report.checks.push_back(check_scenario(session, *scenario, baselines, policy, options));
    if (!report.checks.back().advisory)
      deciding.push_back(report.checks.back().verdict);
  }
  for (const std::string &name : options.scenarios)
    if (session.scenario(name) == nullptr) {
      report.checks.push_back(never_launched(name, policy));
      deciding.push_back(report.checks.back().verdict);
    }
  if (deciding.empty())
    nothing_decided(report);
  else
    report.exit = combined_exit_code(deciding);
  return report;
}

std::vector<std::string> undecided(const CheckReport &report) {
  std::vector<std::string> names;
  if (report.exit == ExitCode::inconclusive)
    for (const ScenarioCheck &check : report.checks)
      if (!check.advisory && check.verdict == Verdict::inconclusive)
        names.push_back(check.scenario);
  return names;
}

} // namespace bootperf
