#include "report/check/folded.h"

#include <fmt/format.h>

#include "report/check/findings.h"
#include "report/text/escape.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

std::string verdict_words(Verdict verdict) {
  const char *emphasis = verdict == Verdict::regressed ? "**" : "";
  return fmt::format("{} {}{}{}", verdict_sign(verdict), emphasis, to_text(verdict), emphasis);
}

std::string folded_row(const PhaseVerdict &phase, const std::string &indent, Metric metric) {
  std::string name = indent + markdown(column_name(phase.column(), file_style));
  std::string kind = kind_text(phase);
  if (!phase.reason.empty())
    kind += (kind.empty() ? "" : "; ") + phase.reason;
  if (!has_numbers(phase))
    return fmt::format("| {} | {} | | | | | | {} |", verdict_words(phase.verdict), name,
                       markdown(kind));
  return fmt::format(
      "| {} | {} | {} → {} | {} | {} | {} | {} | {} |", verdict_words(phase.verdict), name,
      mean_text(phase.baseline_mean, phase, metric), mean_text(phase.current_mean, phase, metric),
      change_with_interval(phase, file_style), p_text(shown_p(phase)),
      indent.empty() ? tolerance_text(phase, metric) : "",
      phase.from_nothing ? "" : share_text(phase.smallest_detectable, phase), markdown(kind));
}

void add_phases(const ScenarioCheck &check, std::vector<std::string> &lines) {
  if (check.phases.empty())
    return;
  lines.push_back(fmt::format("| verdict | phase | {} | change | adjusted p | tolerance | "
                              "detectable from | |",
                              sides_of(check)));
  lines.emplace_back("|---|---|---|---|---|---|---|---|");
  for (const PhaseVerdict &phase : check.phases) {
    lines.push_back(folded_row(phase, "", check.metric));
    for (const PhaseVerdict &place : phase.places)
      lines.push_back(folded_row(place, "└ ", check.metric));
  }
  lines.emplace_back();
}

/// All of them, where the rows above may not have had the room.
void add_functions(const ScenarioCheck &check, std::vector<std::string> &lines) {
  for (const PhaseVerdict *phase : unexplained(check)) {
    const PhaseVerdict &place = told_place(*phase);
    if (place.functions && place.functions->shows_it && !place.functions->functions.empty())
      lines.push_back("- by one profiled launch of each side: " +
                      markdown(functions_text(place, file_style)));
  }
}

std::string difference_line(const char *title, const std::string &what, const std::string &baseline,
                            const std::string &current) {
  const auto shown = [](const std::string &value) {
    return value.empty() ? std::string("(none)") : markdown(value);
  };
  return fmt::format("- {}: {} {} → {}", title, markdown(what), shown(baseline), shown(current));
}

void add_differences(const ScenarioCheck &check, std::vector<std::string> &lines) {
  // Where none is stored, the reason above has named them.
  if (!check.without_baseline)
    for (const ClassDifference &key : check.class_differences)
      lines.push_back(difference_line("class differs", key.key, key.baseline, key.current));
  if (const std::string harmless = harmless_differences_text(check); !harmless.empty()) {
    lines.push_back("- " + harmless);
    return;
  }
  for (const VersionDifference &version : check.version_differences)
    lines.push_back(
        difference_line("possible cause", version.what, version.baseline, version.current));
}

} // namespace

std::string_view verdict_sign(Verdict verdict) {
  switch (verdict) {
  case Verdict::pass:
  case Verdict::improved:
    return "✅";
  case Verdict::regressed:
    return "❌";
  case Verdict::inconclusive:
  case Verdict::not_measured:
    break;
  }
  return "⚠️";
}

const char *sides_of(const ScenarioCheck &check) {
  return check.comparison ? "base → head" : "baseline → now";
}

FoldedPart folded_part(const ScenarioCheck &check) {
  const std::size_t count = check.phases.size();
  FoldedPart part;
  part.title = count == 0   ? "How it was launched"
               : count == 1 ? "The gated phase, and how it was judged"
                            : fmt::format("All {} gated phases, and how they were judged", count);
  add_phases(check, part.lines);
  part.lines.push_back(fmt::format("- {}; judged by {}", markdown(provenance_text(check)),
                                   check.metric == Metric::wall ? "wall time" : "instructions"));
  if (const std::string test = permutation_text(check); !test.empty())
    part.lines.push_back("- " + test);
  add_functions(check, part.lines);
  for (const std::string &moved : moved_texts(check, file_style))
    part.lines.push_back("- moved, nothing fails for it: " + markdown(moved));
  if (check.comparison)
    for (const PhaseVerdict &control : check.comparison->controls)
      part.lines.push_back(fmt::format("- negative control {}: {}",
                                       markdown(short_phase(control.phase, file_style)),
                                       control_words(control)));
  add_differences(check, part.lines);
  return part;
}

std::string folded_text(const FoldedPart &part, std::size_t most_bytes) {
  const std::string begin = fmt::format("<details><summary>{}</summary>\n\n", part.title);
  const std::string end = "\n</details>\n\n";
  // What is said in place of lines, with room for their number.
  constexpr std::size_t remark_bytes = 160;
  const std::size_t fixed = begin.size() + end.size() + remark_bytes;
  if (fixed > most_bytes)
    return "";
  std::size_t room = most_bytes - fixed;
  std::string text = begin;
  for (std::size_t i = 0; i < part.lines.size(); ++i) {
    if (part.lines[i].size() + 1 > room) {
      text += fmt::format("\n{} lines more are left out, since a comment has an end: `bootperf "
                          "check --format json` has them all.\n",
                          part.lines.size() - i);
      break;
    }
    room -= part.lines[i].size() + 1;
    text += part.lines[i] + '\n';
  }
  return text + end;
}

} // namespace bootperf
