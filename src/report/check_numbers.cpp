#include "report/check_numbers.h"

#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "report/paint.h"

namespace bootperf {
namespace {

std::string launches_text(std::size_t launches) {
  return fmt::format("{} {}", launches, launches == 1 ? "launch" : "launches");
}

/// " of v2 against 14 of v1, in 14 blocks; 22 launches of 50 were not needed"
std::string comparison_provenance(const ScenarioCheck &check) {
  const ComparisonOutcome &comparison = *check.comparison;
  std::string text = fmt::format(" of {} against {} of {}", printable(comparison.head),
                                 check.baseline_launches, printable(comparison.base));
  if (comparison.blocks > 0)
    text += fmt::format(", in {} blocks", comparison.blocks);
  if (comparison.incomplete_blocks > 0)
    text += fmt::format(" ({} more left out)", comparison.incomplete_blocks);
  if (comparison.decided && comparison.launches < comparison.most_launches)
    text += fmt::format("; {} of {} launches were not needed",
                        comparison.most_launches - comparison.launches, comparison.most_launches);
  return text;
}

} // namespace

std::string kind_text(const PhaseVerdict &phase) {
  if (phase.kind == "work")
    return "work, not waiting";
  if (phase.kind == "waiting")
    return "waiting, not work";
  std::string text = printable(phase.kind);
  if (phase.work_share)
    text += fmt::format(" ({:.0f} % work)", 100 * *phase.work_share);
  return text;
}

std::string_view control_words(const PhaseVerdict &control) {
  if (control.verdict == Verdict::not_measured)
    return to_text(control.verdict);
  return control.verdict == Verdict::pass ? "did not move" : "moved";
}

std::string value_text(double value, Metric metric) {
  // A double beyond this does not fit into nanoseconds of 64 bits.
  constexpr double largest = 9e18;
  if (!std::isfinite(value) || std::abs(value) > largest)
    return "?";
  return metric == Metric::wall ? duration_text(std::llround(value)) : count_text(value);
}

std::string change_text(double ratio, const TextStyle &style) {
  if (!std::isfinite(ratio))
    return "";
  const double percent = std::round(1000 * (ratio - 1)) / 10;
  const std::string sign = percent < 0 ? glyphs(style).minus : "+";
  return fmt::format("{}{:.1f} %", sign, std::abs(percent));
}

std::string percent_text(double share) {
  if (!std::isfinite(share))
    return "unknown";
  const double percent = 100 * share;
  // One digit would show a real effect of 0.04 % as nothing.
  return percent != 0 && std::abs(percent) < 0.1 ? fmt::format("{:.2g} %", percent)
                                                 : fmt::format("{:.1f} %", percent);
}

std::string p_text(double p) {
  return std::isfinite(p) ? fmt::format("{:.2g}", p) : "";
}

double shown_p(const PhaseVerdict &phase) {
  return phase.ratio < 1 ? phase.p_faster : phase.p_slower;
}

bool has_numbers(const PhaseVerdict &phase) {
  return phase.baseline_mean > 0 && phase.current_mean > 0;
}

std::string tolerance_text(const PhaseVerdict &phase, Metric metric) {
  // The policy's own number, which has two decimals at most in any sensible one.
  std::string text = fmt::format("{:.2f}", 100 * phase.tolerance);
  if (text.ends_with('0'))
    text.pop_back();
  text += " %";
  if (phase.floor > 0)
    text += " and " + value_text(phase.floor, metric);
  return text;
}

std::string finding_text(const PhaseVerdict &phase, const ScenarioCheck &check,
                         const TextStyle &style) {
  std::string text;
  if (has_numbers(phase)) {
    text = change_text(phase.ratio, style);
    if (std::isfinite(phase.half_width))
      text += fmt::format(" ({}{})", glyphs(style).plus_minus, percent_text(phase.half_width));
    if (!phase.kind.empty())
      text += ", " + kind_text(phase);
    text += "; smallest detectable change " + percent_text(phase.smallest_detectable);
    text += "; " + launches_text(check.launches);
  }
  if (!phase.reason.empty())
    text += (text.empty() ? "" : "; ") + printable(phase.reason);
  return text;
}

std::string extent_text(std::size_t launches, std::size_t sessions) {
  return fmt::format("{} of {} {}", launches_text(launches), sessions,
                     sessions == 1 ? "session" : "sessions");
}

std::string provenance_text(const ScenarioCheck &check) {
  std::string text = launches_text(check.launches);
  if (check.failed_launches > 0)
    text += fmt::format(" ({} more failed)", check.failed_launches);
  if (check.baseline_launches == 0)
    return text + ", no baseline";
  if (check.comparison)
    return text + comparison_provenance(check);
  text += " against " + extent_text(check.baseline_launches, check.baseline_sessions);
  if (!check.baseline_file.empty())
    text += " in " + printable(check.baseline_file);
  return text;
}

std::string harmless_differences_text(const ScenarioCheck &check) {
  const std::size_t count = check.version_differences.size();
  if (check.verdict != Verdict::pass || count == 0)
    return "";
  return fmt::format(
      "{} differ{} from the baseline's, but no gated phase moved (--format json lists them)",
      count == 1 ? "1 version" : fmt::format("{} versions", count), count == 1 ? "s" : "");
}

std::string permutation_text(const ScenarioCheck &check) {
  if (check.between_sessions)
    return fmt::format("judged by the spread between {} sessions, error rate {:.2g}",
                       check.baseline_sessions, check.alpha);
  if (check.permutations == 0)
    return "";
  if (check.comparison && check.comparison->blocks > 0)
    return fmt::format("sign flips over blocks, {} flips, looked at after {}, error rate {:.2g}",
                       check.permutations, fmt::join(check.comparison->looks, ", "), check.alpha);
  return fmt::format("{} permutation test, {} assignments, error rate {:.2g}",
                     check.exact ? "exact" : "Monte-Carlo", check.permutations, check.alpha);
}

} // namespace bootperf
