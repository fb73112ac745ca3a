#include "report/check/findings.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "phases/phase_tree.h"
#include "profile/profile.h"
#include "report/profile/formats.h"
#include "report/text/paint.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

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
  if (const std::size_t launches = comparison.launches_to_decide(); launches > 0)
    text += fmt::format("; at this load about {} launches would decide it", launches);
  return text;
}

// The place below a rejected phase says more than the phase: it is what the text names.
CheckFinding finding_of(const PhaseVerdict &phase, const ScenarioCheck &check,
                        const TextStyle &style) {
  const PhaseVerdict &shown = phase.places.empty() ? phase : phase.places.front();
  std::string text = short_phase(shown.phase, style);
  const std::string finding = finding_text(shown, check, style);
  if (!finding.empty())
    text += (has_numbers(shown) && !shown.waiting ? " " : ": ") + finding;
  if (!phase.places.empty())
    text += fmt::format(" (in {} {})", short_phase(phase.phase, style), change_text(phase, style));
  return {.verdict = phase.verdict,
          .phase = phase.phase,
          .text = text,
          .functions = functions_text(told_place(phase), style),
          .where = phase.where};
}

std::string function_text(const ChangedFunction &function, const TextStyle &style) {
  const NamedCode code = named_code(function);
  return fmt::format("{} {}{}", code.name, signed_count_text(function.change(), style),
                     code.of.empty() ? "" : " (" + code.of + ")");
}

/// What fails the build comes first, then what keeps it from passing.
int importance(Verdict verdict) {
  switch (verdict) {
  case Verdict::regressed:
    return 0;
  case Verdict::not_measured:
    return 1;
  case Verdict::inconclusive:
    return 2;
  case Verdict::improved:
    return 3;
  case Verdict::pass:
    break;
  }
  return 4;
}

// Too few launches make every phase inconclusive, for the same reason.
bool is_common(const PhaseVerdict &phase, const ScenarioCheck &check) {
  return phase.verdict == Verdict::inconclusive && !phase.reason.empty() &&
         std::ranges::all_of(check.phases, [&](const PhaseVerdict &other) {
           return other.verdict != Verdict::inconclusive || other.reason == phase.reason;
         });
}

/// Work or waiting that the one lost and the other got, beside each other in the same phase.
bool slid_between(const PhaseVerdict &one, const PhaseVerdict &other) {
  constexpr double stood_still = 0.2;
  const double lost = one.change();
  const double got = other.change();
  return one.waiting == other.waiting && parent_of(one.phase) == parent_of(other.phase) &&
         lost * got < 0 &&
         std::abs(lost + got) <= stood_still * std::max(std::abs(lost), std::abs(got));
}

std::string moved_text(const PhaseVerdict &phase, const ScenarioCheck &check,
                       const TextStyle &style) {
  std::string text = column_name(phase.column(), style) + " " + change_text(phase, style);
  if (!phase.waiting) {
    text += fmt::format(" ({}{})", phase.change() < 0 ? glyphs(style).minus : "+",
                        mean_text(std::abs(phase.change()), phase, check.metric));
  }
  return text;
}

bool is_inside(const PhaseVerdict &inner, const PhaseVerdict &outer) {
  return inner.verdict == outer.verdict && inner.waiting == outer.waiting &&
         inner.phase.starts_with(outer.phase + " > ");
}

// Where gated phases inside this one moved the same way they say where, and this would repeat it,
// unless most of what it moved by lies elsewhere in it.
bool says_more(const PhaseVerdict &phase, const ScenarioCheck &check) {
  if (phase.verdict == Verdict::pass)
    return false;
  std::vector<const PhaseVerdict *> inside;
  for (const PhaseVerdict &inner : check.phases)
    if (is_inside(inner, phase))
      inside.push_back(&inner);
  if (inside.empty())
    return true;
  if (phase.verdict != Verdict::regressed && phase.verdict != Verdict::improved)
    return false;
  double told = 0;
  for (const PhaseVerdict *inner : inside)
    if (std::ranges::none_of(inside,
                             [&](const PhaseVerdict *outer) { return is_inside(*inner, *outer); }))
      told += inner->change();
  constexpr double most_of_it = 0.5;
  return told / phase.change() < most_of_it;
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

double shown_p(const PhaseVerdict &phase) {
  return phase.ratio < 1 ? phase.p_faster : phase.p_slower;
}

bool has_numbers(const PhaseVerdict &phase) {
  if (phase.waiting) // nothing waited is a number, too
    return phase.verdict != Verdict::not_measured;
  return (phase.baseline_mean > 0 || phase.from_nothing) && phase.current_mean > 0;
}

std::string mean_text(double mean, const PhaseVerdict &phase, Metric metric) {
  return value_text(mean, phase.waiting ? Metric::wall : metric);
}

std::string change_text(const PhaseVerdict &phase, const TextStyle &style) {
  if (phase.from_nothing)
    return "new";
  if (!phase.waiting)
    return change_text(phase.ratio, style);
  return (phase.change() < 0 ? glyphs(style).minus : "+") +
         value_text(std::abs(phase.change()), Metric::wall);
}

std::string change_with_interval(const PhaseVerdict &phase, const TextStyle &style) {
  return phase.from_nothing
             ? change_text(phase, style)
             : fmt::format("{} {} {}", change_text(phase, style), glyphs(style).plus_minus,
                           share_text(phase.half_width, phase));
}

std::string between_text(const PhaseVerdict &phase) {
  const PhaseVerdict *innermost = &phase;
  while (!innermost->places.empty())
    innermost = &innermost->places.front();
  if (!innermost->between)
    return "";
  return fmt::format("most of it between \"{}\" and \"{}\"", printable(innermost->between->after),
                     printable(innermost->between->before));
}

std::string share_text(double share, const PhaseVerdict &phase) {
  if (!phase.waiting || !std::isfinite(share))
    return percent_text(share);
  return value_text(share * (phase.baseline_mean + waiting_offset_ns), Metric::wall);
}

std::string tolerance_text(const PhaseVerdict &phase, Metric metric) {
  if (phase.waiting)
    return mean_text(phase.floor, phase, metric);
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
    text = (phase.waiting ? "waiting, " : "") + change_text(phase, style);
    if (std::isfinite(phase.half_width))
      text += fmt::format(" ({}{})", glyphs(style).plus_minus, share_text(phase.half_width, phase));
    if (!phase.kind.empty())
      text += ", " + kind_text(phase);
    if (const std::string between = between_text(phase); !between.empty())
      text += ", " + between;
    if (!phase.from_nothing)
      text += "; smallest detectable change " + share_text(phase.smallest_detectable, phase);
    text += "; " + launches_text(check.launches);
  }
  if (!phase.reason.empty())
    text += (text.empty() ? "" : "; ") + printable(phase.reason);
  return text;
}

NamedCode named_code(const ChangedFunction &function) {
  const std::string object = short_object(function.object);
  if (function.name == other_functions)
    return {"other functions of " + object, ""};
  if (function.name != unknown_code)
    return {printable(function.name), object};
  // A program without symbols is known as a file; of the rest no more than the side is.
  return object.starts_with('(') ? NamedCode{"unknown " + object, ""} : NamedCode{object, "user"};
}

const PhaseVerdict &told_place(const PhaseVerdict &gated) {
  constexpr double slid_by = 1.1;
  if (gated.places.empty())
    return gated;
  const PhaseVerdict &place = gated.places.front();
  return std::abs(place.change()) > slid_by * std::abs(gated.change()) ? gated : place;
}

std::string functions_text(const PhaseVerdict &phase, const TextStyle &style) {
  if (!phase.functions)
    return "";
  const ChangedFunctions &found = *phase.functions;
  const std::string place = short_phase(phase.phase, style);
  if (!found.shows_it)
    return fmt::format("no function is named: by one profiled launch of each side, {} is at {} "
                       "after {}",
                       place, count_text(found.head), count_text(found.base));
  std::string text;
  for (const ChangedFunction &function : found.functions)
    text += (text.empty() ? "" : ", ") + function_text(function, style);
  if (found.rest_functions > 0)
    text +=
        fmt::format("{}, {}, is spread over {} function{}",
                    text.empty() ? "all of it" : "; the rest", signed_count_text(found.rest, style),
                    found.rest_functions, found.rest_functions == 1 ? "" : "s");
  return fmt::format("{} {}: {}", place, signed_count_text(found.change(), style), text);
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
      "{} differ{} from the baseline's, but {} (--format json lists them)",
      count == 1 ? "1 version" : fmt::format("{} versions", count), count == 1 ? "s" : "",
      check.metric == Metric::instructions && check.moved.empty() ? "nothing moved"
                                                                  : "nothing regressed");
}

std::vector<std::string> moved_texts(const ScenarioCheck &check, const TextStyle &style) {
  std::vector<std::string> texts;
  std::vector<const PhaseVerdict *> told;
  for (const PhaseVerdict &phase : check.moved) {
    if (std::ranges::find(told, &phase) != told.end())
      continue;
    told.push_back(&phase);
    const auto other = std::ranges::find_if(check.moved, [&](const PhaseVerdict &each) {
      return std::ranges::find(told, &each) == told.end() && slid_between(phase, each);
    });
    std::string text = moved_text(phase, check, style);
    if (other != check.moved.end()) {
      told.push_back(&*other);
      text += " beside " + moved_text(*other, check, style) + ": their sum stood still, so " +
              (phase.waiting ? "waiting" : "work") + " slid from the one to the other";
    }
    texts.push_back(std::move(text));
  }
  return texts;
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
  return fmt::format("{} permutation test, {} assignments{}, error rate {:.2g}",
                     check.exact ? "exact" : "Monte-Carlo", check.permutations,
                     check.spread_sessions > 0
                         ? fmt::format(", and Student's t over the spread between {} sessions",
                                       check.spread_sessions)
                         : "",
                     check.alpha);
}

Verdict verdict_of(ExitCode exit) {
  switch (exit) {
  case ExitCode::pass:
    return Verdict::pass;
  case ExitCode::regressed:
    return Verdict::regressed;
  case ExitCode::inconclusive:
    return Verdict::inconclusive;
  default:
    return Verdict::not_measured;
  }
}

std::vector<const PhaseVerdict *> unexplained(const ScenarioCheck &check) {
  std::vector<const PhaseVerdict *> phases;
  for (const PhaseVerdict &phase : check.phases)
    if (says_more(phase, check))
      phases.push_back(&phase);
  return phases;
}

std::vector<CheckFinding> findings(const ScenarioCheck &check, const TextStyle &style) {
  std::vector<CheckFinding> found;
  const PhaseVerdict *common = nullptr;
  std::size_t alike = 0;
  bool is_hinted = false;
  for (const PhaseVerdict &phase : check.phases) {
    if (is_common(phase, check)) {
      common = &phase;
      ++alike;
    } else if (says_more(phase, check)) {
      found.push_back(finding_of(phase, check, style));
      // Once is enough.
      if (phase.verdict == Verdict::regressed && !phase.waiting && found.back().functions.empty() &&
          !std::exchange(is_hinted, true))
        found.back().functions = printable(check.functions_hint);
    }
  }
  if (alike == 1)
    found.push_back(finding_of(*common, check, style));
  if (alike > 1)
    found.push_back({.verdict = Verdict::inconclusive,
                     .text = fmt::format("{} phases: {}", alike, printable(common->reason)),
                     .where = common->where});
  std::ranges::stable_sort(found, {},
                           [](const CheckFinding &each) { return importance(each.verdict); });
  return found;
}

std::string smallest_detectable_text(const ScenarioCheck &check, const TextStyle &style) {
  const PhaseVerdict *least = nullptr;
  const PhaseVerdict *most = nullptr;
  for (const PhaseVerdict &phase : check.phases) {
    if (phase.waiting || !has_numbers(phase) || !std::isfinite(phase.smallest_detectable))
      continue;
    if (least == nullptr || phase.smallest_detectable < least->smallest_detectable)
      least = &phase;
    if (most == nullptr || phase.smallest_detectable > most->smallest_detectable)
      most = &phase;
  }
  if (least == nullptr)
    return "";
  const auto text = [&](const PhaseVerdict &phase) {
    return fmt::format("{} ({})", percent_text(phase.smallest_detectable),
                       short_phase(phase.phase, style));
  };
  return least == most ? text(*least) : text(*least) + " to " + text(*most);
}

} // namespace bootperf
