#include "report/findings.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "report/check_numbers.h"
#include "report/phase_name.h"

namespace bootperf {
namespace {

// The place below a rejected phase says more than the phase: it is what the text names.
CheckFinding finding_of(const PhaseVerdict &phase, const ScenarioCheck &check,
                        const TextStyle &style) {
  const PhaseVerdict &shown = phase.places.empty() ? phase : phase.places.front();
  std::string text = short_phase(shown.phase, style);
  const std::string finding = finding_text(shown, check, style);
  if (!finding.empty())
    text += (has_numbers(shown) ? " " : ": ") + finding;
  if (!phase.places.empty())
    text += fmt::format(" (in {} {})", short_phase(phase.phase, style),
                        change_text(phase.ratio, style));
  return {phase.verdict, phase.phase, text, phase.where};
}

// Too few launches make every phase inconclusive, for the same reason.
bool is_common(const PhaseVerdict &phase, const ScenarioCheck &check) {
  return phase.verdict == Verdict::inconclusive && !phase.reason.empty() &&
         std::ranges::all_of(check.phases, [&](const PhaseVerdict &other) {
           return other.verdict != Verdict::inconclusive || other.reason == phase.reason;
         });
}

// A gated phase inside this one moved the same way: that one says where, this would repeat it.
bool is_explained(const PhaseVerdict &phase, const ScenarioCheck &check) {
  return std::ranges::any_of(check.phases, [&](const PhaseVerdict &inner) {
    return inner.verdict == phase.verdict && inner.phase.starts_with(phase.phase + " > ");
  });
}

} // namespace

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

std::vector<CheckFinding> findings(const ScenarioCheck &check, const TextStyle &style) {
  std::vector<CheckFinding> found;
  const PhaseVerdict *common = nullptr;
  std::size_t alike = 0;
  for (const PhaseVerdict &phase : check.phases) {
    if (is_common(phase, check)) {
      common = &phase;
      ++alike;
    } else if (phase.verdict != Verdict::pass && !is_explained(phase, check)) {
      found.push_back(finding_of(phase, check, style));
    }
  }
  if (alike == 1)
    found.push_back(finding_of(*common, check, style));
  if (alike > 1)
    found.push_back({Verdict::inconclusive, "",
                     fmt::format("{} phases: {}", alike, printable(common->reason)),
                     common->where});
  return found;
}

std::string smallest_detectable_text(const ScenarioCheck &check, const TextStyle &style) {
  const PhaseVerdict *least = nullptr;
  const PhaseVerdict *most = nullptr;
  for (const PhaseVerdict &phase : check.phases) {
    if (!has_numbers(phase) || !std::isfinite(phase.smallest_detectable))
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
