#include "report/check/formats.h"

#include <fmt/format.h>

#include "report/check/findings.h"
#include "report/check/sentence.h"
#include "report/text/escape.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

std::string words(Verdict verdict) {
  switch (verdict) {
  case Verdict::pass:
  case Verdict::improved:
    return fmt::format("✅ {}", to_text(verdict));
  case Verdict::regressed:
    return "❌ **regressed**";
  case Verdict::inconclusive:
  case Verdict::not_measured:
    break;
  }
  return fmt::format("⚠️ {}", to_text(verdict));
}

std::string row(const PhaseVerdict &phase, const std::string &indent, Metric metric) {
  std::string name = indent + markdown(column_name(phase.column(), file_style));
  std::string kind = kind_text(phase);
  if (!phase.reason.empty())
    kind += (kind.empty() ? "" : "; ") + phase.reason;
  if (!has_numbers(phase))
    return fmt::format("| {} | {} | | | | | | {} |\n", words(phase.verdict), name, markdown(kind));
  return fmt::format("| {} | {} | {} → {} | {} ± {} | {} | {} | {} | {} |\n", words(phase.verdict),
                     name, mean_text(phase.baseline_mean, phase, metric),
                     mean_text(phase.current_mean, phase, metric), change_text(phase, file_style),
                     share_text(phase.half_width, phase), p_text(shown_p(phase)),
                     indent.empty() ? tolerance_text(phase, metric) : "",
                     share_text(phase.smallest_detectable, phase), markdown(kind));
}

std::string phase_table(const ScenarioCheck &check) {
  if (check.phases.empty())
    return "";
  std::string text = fmt::format("\n| verdict | phase | {} | change | adjusted p | tolerance | "
                                 "detectable from | |\n|---|---|---|---|---|---|---|---|\n",
                                 check.comparison ? "base → head" : "baseline → now");
  for (const PhaseVerdict &phase : check.phases) {
    text += row(phase, "", check.metric);
    for (const PhaseVerdict &place : phase.places)
      text += row(place, "└ ", check.metric);
  }
  return text + '\n';
}

std::string difference(const char *title, const std::string &what, const std::string &baseline,
                       const std::string &current) {
  const auto shown = [](const std::string &value) {
    return value.empty() ? std::string("(none)") : markdown(value);
  };
  return fmt::format("- {}: {} {} → {}\n", title, markdown(what), shown(baseline), shown(current));
}

std::string remarks(const ScenarioCheck &check) {
  std::string text;
  if (check.comparison)
    for (const PhaseVerdict &control : check.comparison->controls)
      text += fmt::format("- negative control {}: {}\n",
                          markdown(short_phase(control.phase, file_style)), control_words(control));
  if (const std::string test = permutation_text(check); !test.empty())
    text += "- " + test + '\n';
  for (const ClassDifference &key : check.class_differences)
    text += difference("class differs", key.key, key.baseline, key.current);
  if (const std::string harmless = harmless_differences_text(check); !harmless.empty())
    return text + "- " + harmless + '\n';
  for (const VersionDifference &version : check.version_differences)
    text += difference("possible cause", version.what, version.baseline, version.current);
  return text;
}

// The longest part: folded, so that a comment stays short.
std::string details(const ScenarioCheck &check) {
  const std::string provenance = markdown(provenance_text(check));
  if (check.phases.empty())
    return "- " + provenance + '\n' + remarks(check) + '\n';
  return fmt::format("\n<details><summary>{} gated phase{}, {}</summary>\n{}{}\n</details>\n\n",
                     check.phases.size(), check.phases.size() == 1 ? "" : "s", provenance,
                     phase_table(check), remarks(check));
}

std::string scenario_markdown(const ScenarioCheck &check) {
  std::string text =
      fmt::format("### {}, {}: {}{}\n\n", markdown(check.scenario), to_text(check.metric),
                  words(check.verdict), check.advisory ? " (advisory only)" : "");
  text += markdown(verdict_sentence(check, file_style)) + "\n\n";
  if (!check.reason.empty())
    text += markdown(check.reason) + "\n\n";
  for (const CheckFinding &finding : findings(check, file_style)) {
    text += fmt::format("- {} {}\n", words(finding.verdict), markdown(finding.text));
    if (!finding.functions.empty())
      text += fmt::format("  - {}\n", markdown(finding.functions));
  }
  if (const std::string visible = smallest_detectable_text(check, file_style); !visible.empty())
    text += fmt::format("- smallest detectable change: {}\n", markdown(visible));
  for (const std::string &moved : moved_texts(check, file_style))
    text += fmt::format("- moved, nothing fails for it: {}\n", markdown(moved));
  return text + details(check);
}

} // namespace

std::string check_markdown(const CheckReport &report) {
  std::string text = fmt::format("## Boot time of the libguestfs appliance: {}\n\n",
                                 words(verdict_of(report.exit)));
  for (const ScenarioCheck &check : report.checks)
    text += scenario_markdown(check);
  if (report.checks.empty())
    text += "Nothing to check: the session has no scenario.\n\n";
  if (!report.reason.empty())
    text += markdown(report.reason) + "\n\n";
  return text + fmt::format("Session {}, seed {}.\n", markdown(report.session), report.seed);
}

} // namespace bootperf
