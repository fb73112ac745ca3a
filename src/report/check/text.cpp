#include "report/check/formats.h"

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "report/check/findings.h"
#include "report/check/sentence.h"
#include "report/text/paint.h"
#include "report/text/table.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

Colour colour_of(Verdict verdict) {
  switch (verdict) {
  case Verdict::pass:
  case Verdict::improved:
    return Colour::green;
  case Verdict::regressed:
    return Colour::red;
  case Verdict::inconclusive:
  case Verdict::not_measured:
    break;
  }
  return Colour::yellow;
}

std::string sentence_line(const ScenarioCheck &check, bool alone, const TextStyle &style) {
  const std::string scenario = alone ? "" : printable(check.scenario) + ": ";
  return line({{Colour::bold, scenario + verdict_sentence(check, style)}},
              {style.colour, style.utf8, 0});
}

std::string headlines(const ScenarioCheck &check, const TextStyle &style) {
  std::string text;
  for (const CheckFinding &finding : findings(check, style)) {
    text += line({{colour_of(finding.verdict), std::string(to_text(finding.verdict))},
                  {Colour::plain, ": " + finding.text}},
                 {style.colour, style.utf8, 0});
    if (!finding.functions.empty())
      text += "  " + finding.functions + '\n';
  }
  return text;
}

/// Of one phase, in a table; those that moved most come first.
constexpr std::size_t most_places = 5;

std::vector<Segment> row_of(const PhaseVerdict &phase, const std::string &indent, Metric metric,
                            const TextStyle &style) {
  constexpr std::size_t widest_name = 48;
  const Glyphs &g = glyphs(style);
  const std::string name = indent + column_name(phase.column(), style, widest_name);
  std::vector<Segment> row = {{colour_of(phase.verdict), std::string(to_text(phase.verdict))},
                              {Colour::plain, name}};
  if (!has_numbers(phase))
    return row;
  row.push_back(
      {Colour::plain, fmt::format("{} {} {}", mean_text(phase.baseline_mean, phase, metric),
                                  g.arrow, mean_text(phase.current_mean, phase, metric))});
  row.push_back({Colour::plain, change_with_interval(phase, style)});
  row.push_back({Colour::plain, p_text(shown_p(phase))});
  row.push_back({Colour::plain, indent.empty() ? tolerance_text(phase, metric) : ""});
  row.push_back(
      {Colour::plain, phase.from_nothing ? "" : share_text(phase.smallest_detectable, phase)});
  return row;
}

std::string phase_table(const ScenarioCheck &check, const TextStyle &style) {
  if (check.phases.empty())
    return "";
  Table table;
  // Verdict, phase and change stay; then what was decided by matters least to a reader.
  table.fit = {{}, {.least = 24}, {.leaves = 2}, {}, {.leaves = 4}, {.leaves = 3}, {.leaves = 1}};
  table.add({"verdict", "phase", check.comparison ? "base, head" : "baseline, now", "change",
             "adjusted p", "tolerance", "detectable from"},
            Colour::bold);
  for (const PhaseVerdict &phase : check.phases) {
    table.rows.push_back(row_of(phase, "", check.metric, style));
    const std::size_t shown = std::min(phase.places.size(), most_places);
    for (std::size_t i = 0; i < shown; ++i)
      table.rows.push_back(row_of(phase.places[i], glyphs(style).branch, check.metric, style));
    if (phase.places.size() > shown)
      table.rows.push_back(
          {{Colour::plain, ""},
           {Colour::plain, fmt::format("{}{} more (--format json)", glyphs(style).branch,
                                       phase.places.size() - shown)}});
  }
  return table_text(table, style);
}

std::string controls_text(const ComparisonOutcome &comparison, const TextStyle &style) {
  std::string text;
  for (const PhaseVerdict &control : comparison.controls)
    text += line({{Colour::plain, "  negative control " + short_phase(control.phase, style) + ": "},
                  {control.verdict == Verdict::pass ? Colour::green : Colour::red,
                   std::string(control_words(control))},
                  {Colour::plain,
                   has_numbers(control) ? ", " + change_text(control, style) : std::string()}},
                 style);
  return text;
}

std::string difference(const std::string &what, const std::string &baseline,
                       const std::string &current, const TextStyle &style) {
  const auto shown = [](const std::string &value) {
    return value.empty() ? std::string("(none)") : printable(value);
  };
  return fmt::format("{} {} {} {}", printable(what), shown(baseline), glyphs(style).arrow,
                     shown(current));
}

std::string scenario_text(const ScenarioCheck &check, const TextStyle &style) {
  std::string text = line({{Colour::bold, printable(check.scenario)},
                           {Colour::plain, fmt::format(", {}: ", to_text(check.metric))},
                           {colour_of(check.verdict), std::string(to_text(check.verdict))},
                           {Colour::plain, check.advisory ? " (advisory only)" : ""}},
                          style);
  if (!check.reason.empty())
    text += "  " + printable(check.reason) + '\n';
  for (const ClassDifference &key : check.class_differences)
    text += "  class differs: " + difference(key.key, key.baseline, key.current, style) + '\n';
  text += phase_table(check, style);
  for (const std::string &moved : moved_texts(check, style))
    text += "  moved, nothing fails for it: " + moved + '\n';
  if (check.comparison)
    text += controls_text(*check.comparison, style);
  text += "  " + provenance_text(check) + '\n';
  if (const std::string test = permutation_text(check); !test.empty())
    text += "  " + test + '\n';
  if (const std::string harmless = harmless_differences_text(check); !harmless.empty())
    return text + "  " + harmless + '\n';
  // Of another release of a distribution everything differs.
  constexpr std::size_t most_causes = 12;
  for (const VersionDifference &version : check.version_differences | std::views::take(most_causes))
    text +=
        "  possible cause: " + difference(version.what, version.baseline, version.current, style) +
        '\n';
  if (const std::size_t causes = check.version_differences.size(); causes > most_causes)
    text += fmt::format("  and {} more (--format json lists them)\n", causes - most_causes);
  return text;
}

std::string verdict_lines(const CheckReport &report, const TextStyle &style) {
  std::string text;
  const auto deciding = std::ranges::count(report.checks, false, &ScenarioCheck::advisory);
  for (const ScenarioCheck &check : report.checks) {
    if (!check.advisory)
      text += sentence_line(check, deciding == 1, style);
  }
  for (const ScenarioCheck &check : report.checks) {
    if (!check.advisory)
      text += headlines(check, style);
  }
  return text;
}

} // namespace

std::string check_brief(const CheckReport &report, const TextStyle &style) {
  std::string text = verdict_lines(report, style);
  for (const ScenarioCheck &check : report.checks) {
    if (check.advisory)
      text += "advisory only: " + sentence_line(check, false, style);
    if (!check.reason.empty())
      text += printable(check.reason) + '\n';
  }
  return report.reason.empty() ? text : text + printable(report.reason) + '\n';
}

std::string check_text(const CheckReport &report, const TextStyle &style) {
  std::string text = verdict_lines(report, style);
  if (!text.empty())
    text += '\n';
  for (const ScenarioCheck &check : report.checks)
    text += scenario_text(check, style) + '\n';
  if (report.checks.empty())
    text += "nothing to check: the session has no scenario\n\n";
  if (!report.reason.empty())
    text += printable(report.reason) + "\n";
  return text + fmt::format("session {}, seed {}\n", printable(report.session), report.seed);
}

} // namespace bootperf
