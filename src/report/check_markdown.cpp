#include "report/check_markdown.h"

#include <fmt/format.h>

#include "report/check_numbers.h"
#include "report/escape.h"
#include "report/phase_name.h"

namespace bootperf {
namespace {

constexpr TextStyle style{false, true, 0};

std::string words(Verdict verdict) {
  switch (verdict) {
  case Verdict::pass:
    return "✅ pass";
  case Verdict::improved:
    return "✅ improved";
  case Verdict::regressed:
    return "❌ **regressed**";
  case Verdict::inconclusive:
    return "⚠️ inconclusive";
  case Verdict::not_measured:
    break;
  }
  return "⚠️ not measured";
}

std::string row(const PhaseVerdict &phase, const char *indent, Metric metric) {
  std::string name = indent + markdown(short_phase(phase.phase, style));
  std::string kind = kind_text(phase);
  if (!phase.reason.empty())
    kind += (kind.empty() ? "" : "; ") + phase.reason;
  if (!has_numbers(phase))
    return fmt::format("| {} | {} | | | | | | {} |\n", words(phase.verdict), name, markdown(kind));
  return fmt::format(
      "| {} | {} | {} → {} | {} ± {} | {} | {} | {} | {} |\n", words(phase.verdict), name,
      value_text(phase.baseline_mean, metric), value_text(phase.current_mean, metric),
      change_text(phase.ratio, style), percent_text(phase.half_width), p_text(shown_p(phase)),
      tolerance_text(phase, metric), percent_text(phase.smallest_detectable), markdown(kind));
}

std::string phase_table(const ScenarioCheck &check) {
  if (check.phases.empty())
    return "";
  std::string text = "\n| verdict | phase | baseline → now | change | adjusted p | tolerance | "
                     "visible from | |\n|---|---|---|---|---|---|---|---|\n";
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

std::string scenario_markdown(const ScenarioCheck &check) {
  std::string text =
      fmt::format("### {}, {}: {}{}\n\n", markdown(check.scenario), to_text(check.metric),
                  words(check.verdict), check.advisory ? " (advisory, decides nothing)" : "");
  if (!check.reason.empty())
    text += markdown(check.reason) + "\n";
  text += phase_table(check);
  text += "- " + markdown(provenance_text(check)) + '\n';
  if (const std::string test = permutation_text(check); !test.empty())
    text += "- " + test + '\n';
  for (const ClassDifference &key : check.class_differences)
    text += difference("class differs", key.key, key.baseline, key.current);
  if (const std::string harmless = harmless_differences_text(check); !harmless.empty())
    return text + "- " + harmless + "\n\n";
  for (const VersionDifference &version : check.version_differences)
    text += difference("possible cause", version.what, version.baseline, version.current);
  return text + '\n';
}

} // namespace

std::string check_markdown(const CheckReport &report) {
  std::string text = "## Boot time of the libguestfs appliance\n\n";
  for (const ScenarioCheck &check : report.checks)
    text += scenario_markdown(check);
  if (report.checks.empty())
    text += "Nothing to check: the session holds no scenario.\n\n";
  if (!report.reason.empty())
    text += markdown(report.reason) + "\n\n";
  return text + fmt::format("Session {}, seed {}.\n", markdown(report.session), report.seed);
}

} // namespace bootperf
