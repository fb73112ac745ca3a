#include "cli/new_baseline.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/files.h"
#include "base/text.h"
#include "statistics/interim_looks.h"
#include "statistics/resampling.h"
#include "verdict/baseline/baseline.h"
#include "verdict/baseline/update.h"
#include "verdict/check/judge.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {
namespace {

// Keys whose change makes a count another quantity, not a larger or smaller one.
constexpr std::array incomparable = {"scenario", "mode", "arch", "accel", "counting", "backend"};

bool is_comparable(const std::vector<ClassDifference> &differences) {
  return std::ranges::none_of(differences, [](const ClassDifference &each) {
    return std::ranges::find(incomparable, each.key) != incomparable.end();
  });
}

std::string in_words(const std::vector<ClassDifference> &differences) {
  std::string text;
  for (const ClassDifference &each : differences)
    text += (text.empty() ? "" : ", ") + each.key;
  return text;
}

std::optional<ScenarioCheck> check_against_nearest(const ScenarioCheck &check,
                                                   const Session &session,
                                                   const Thresholds &thresholds,
                                                   const CheckFlags &flags) {
  const Scenario *scenario = session.scenario(check.scenario);
  if (scenario == nullptr || !is_comparable(check.class_differences))
    return std::nullopt;
  const MachineClass wanted = machine_class(*scenario, check.metric, thresholds.policy);
  const Baseline *nearest = nearest_baseline(thresholds.baselines, wanted, thresholds.policy);
  if (nearest == nullptr)
    return std::nullopt;
  Baseline as_if = *nearest;
  as_if.machine_class = wanted;
  const CheckReport report = bootperf::check(session, "", {thresholds.policy, {as_if}}, flags);
  for (ScenarioCheck advisory : report.checks)
    if (advisory.scenario == check.scenario) {
      advisory.advisory = true;
      advisory.reason =
          fmt::format("compared with the nearest baseline, which is of another class ({} {})",
                      in_words(check.class_differences),
                      check.class_differences.size() == 1 ? "differs" : "differ");
      return advisory;
    }
  return std::nullopt;
}

} // namespace

NewBaseline default_place(const char *ci) {
  const std::string_view value = ci == nullptr ? "" : ci;
  return value.empty() || value == "false" || value == "0" ? NewBaseline::in_thresholds
                                                           : NewBaseline::beside_session;
}

std::filesystem::path directory_beside(const std::filesystem::path &session,
                                       const std::string &what) {
  std::filesystem::path stem = session;
  for (const char *extension : {".gz", ".json"})
    if (stem.extension() == extension)
      stem.replace_extension();
  stem += "." + what;
  return stem;
}

std::filesystem::path candidate_directory(const std::filesystem::path &session) {
  return directory_beside(session, "baseline");
}

std::optional<std::size_t> launches_of_new_baseline(const Policy &policy) {
  const auto head = static_cast<std::size_t>(policy.counted_launches);
  for (std::size_t base = 1; base <= most_recorded_launches; ++base) {
    const double smallest_p = 1 / static_cast<double>(combinations(base + head, head));
    if (base + head > 2 &&
        smallest_p <= alpha_at_look(policy.alpha, policy.counted_range(), base, head))
      return base;
  }
  return std::nullopt;
}

std::vector<std::string> recordable(const CheckReport &report, const Session &session) {
  std::vector<std::string> names;
  for (const ScenarioCheck &check : report.checks) {
    const Scenario *scenario = session.scenario(check.scenario);
    if (check.without_baseline && check.metric == Metric::instructions && scenario != nullptr &&
        scenario->mode == "counted")
      names.push_back(check.scenario);
  }
  return names;
}

std::vector<ScenarioCheck> checks_against_nearest(const CheckReport &report, const Session &session,
                                                  const Thresholds &thresholds,
                                                  const CheckFlags &flags) {
  std::vector<ScenarioCheck> checks;
  for (const ScenarioCheck &check : report.checks)
    if (check.without_baseline)
      if (auto advisory = check_against_nearest(check, session, thresholds, flags))
        checks.push_back(std::move(*advisory));
  return checks;
}

Completeness completeness(const Session &session, const std::string &scenario,
                          const Policy &policy) {
  const SampleLaunches launches = sample_launches(session, scenario);
  const PhaseSamples samples{phase_values(launches, Metric::instructions), {}};
  const std::vector<Gate> gates = policy.family(Metric::instructions, {"counted", scenario});
  Completeness result;
  result.launches = usable_launches(gates, samples);
  result.failed = launches.failed;
  result.tried = launches.tried;
  for (const PhaseVerdict &phase : unjudged_phases(gates, samples))
    if (result.missing.empty() && phase.verdict == Verdict::not_measured)
      result.missing = phase.phase;
  return result;
}

Result<Session> joined(Session session, const Session &more, const Policy &policy) {
  for (const Scenario &now : more.scenarios) {
    const Scenario *before = session.scenario(now.name);
    if (before == nullptr) {
      session.scenarios.push_back(now);
      continue;
    }
    const Metric metric = deciding_metric(before->mode);
    if (machine_class(*before, metric, policy) != machine_class(now, metric, policy))
      return fail(ErrorKind::not_measured,
                  "the class of the machine changed between the launches (was qemu or the kernel "
                  "updated?): make a new session");
  }
  if (host_of(session) != host_of(more))
    return fail(ErrorKind::not_measured, "this is another host than the session's: launches of two "
                                         "are never one session");
  session.launches.insert(session.launches.end(), more.launches.begin(), more.launches.end());
  return session;
}

Result<WrittenBaseline> write_new_baseline(const Session &session, const std::string &scenario,
                                           const Policy &policy,
                                           const std::filesystem::path &thresholds,
                                           const std::filesystem::path &candidates,
                                           NewBaseline place) {
  BaselineUpdate update;
  update.scenario = scenario;
  update.metric = Metric::instructions;
  update.date = utc_text(std::chrono::system_clock::now()).substr(0, 10);
  const Result<Baseline> baseline = update_baseline(std::nullopt, {session}, policy, update);
  if (!baseline)
    return tl::unexpected(baseline.error());
  const std::string name = baseline_file_name(baseline->machine_class);
  const std::string text = to_yaml(*baseline);
  WrittenBaseline written;
  written.launches = baseline->launches();
  if (place == NewBaseline::in_thresholds) {
    const std::filesystem::path file = thresholds / name;
    std::error_code unknown; // what cannot be looked at cannot be written either, which says why
    written.file = file.string();
    if (std::filesystem::exists(file, unknown)) {
      written.why_candidate = written.file + " exists already";
    } else if (const Result<void> replaced = replace_file(file, text); replaced) {
      return written;
    } else {
      written.why_candidate = to_text(replaced.error());
    }
  }
  written.is_candidate = true;
  written.file = (candidates / name).string();
  return replace_file(written.file, text).map([&] { return written; });
}

std::string to_text(const WrittenBaseline &written) {
  const std::string file = printable(written.file);
  if (!written.is_candidate)
    return fmt::format(
        "recorded a baseline of {} launches for this class in {}; commit it, and from "
        "now on this machine gates",
        written.launches, file);
  const std::string why =
      written.why_candidate.empty() ? "" : printable(written.why_candidate) + "; ";
  return fmt::format("{}recorded a candidate for a baseline of {} launches for this class in {}; "
                     "commit it to the thresholds, and from then on this machine gates",
                     why, written.launches, file);
}

} // namespace bootperf
