#include "report/check/formats.h"

#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "report/check/findings.h"
#include "report/text/paint.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

struct Open {
  const ScenarioCheck *check;
  const PhaseVerdict *phase;
};

std::vector<Open> open_phases(const CheckReport &report) {
  std::vector<Open> open;
  for (const ScenarioCheck &check : report.checks)
    for (const PhaseVerdict &phase : check.phases)
      if (phase.verdict == Verdict::inconclusive)
        open.push_back({&check, &phase});
  return open;
}

/// With the scenario where there are several.
std::string name_of(const Open &open, const CheckReport &report, const TextStyle &style) {
  const std::string name = column_name(open.phase->column(), style);
  return report.checks.size() > 1 ? name + " (" + printable(open.check->scenario) + ")" : name;
}

} // namespace

std::vector<std::string> undecided_lines(const CheckReport &report, const TextStyle &style) {
  std::vector<std::string> lines;
  for (const Open &open : open_phases(report)) {
    std::string text = "  " + pad_right(name_of(open, report, style), 30);
    if (has_numbers(*open.phase)) {
      text += " " + pad_left(change_text(*open.phase, style), 8);
      if (std::isfinite(open.phase->half_width))
        text += fmt::format(" {} {}", glyphs(style).plus_minus,
                            share_text(open.phase->half_width, *open.phase));
      if (std::isfinite(open.phase->smallest_detectable))
        text += ", detectable from " + share_text(open.phase->smallest_detectable, *open.phase);
      text += ", tolerance " + tolerance_text(*open.phase, open.check->metric);
    }
    lines.push_back(elide(text, style.width, style));
  }
  return lines;
}

std::string standing_text(const CheckReport &report, const TextStyle &style) {
  std::size_t phases = 0;
  for (const ScenarioCheck &check : report.checks)
    phases += check.phases.size();
  if (phases == 0 || !report.checks.front().comparison)
    return "";
  const ComparisonOutcome &comparison = *report.checks.front().comparison;
  const std::vector<Open> open = open_phases(report);
  std::vector<std::string> names;
  for (const Open &each : open)
    names.push_back(name_of(each, report, style));
  const std::string after = comparison.blocks > 0 ? fmt::format("{} blocks", comparison.blocks)
                                                  : fmt::format("{} launches", comparison.launches);
  return fmt::format("after {} {} of {} phases are decided{}{}", after, phases - open.size(),
                     phases, names.empty() ? "" : "; open: ", fmt::join(names, ", "));
}

} // namespace bootperf
