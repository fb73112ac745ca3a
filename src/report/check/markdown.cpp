#include "report/check/formats.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "report/check/findings.h"
#include "report/check/folded.h"
#include "report/check/moved_rows.h"
#include "report/check/sentence.h"
#include "report/text/escape.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

/// Beside the rows of the launch.
constexpr std::size_t most_rows = 5;
constexpr std::size_t most_remarks = 5;
/// GitHub takes 65,536 characters as a comment; the mark by which it is found again needs some.
constexpr std::size_t most_bytes = 60'000;

/// One scenario: what is always there, what is shown as long as there is room, and what is folded.
struct Section {
  std::string sentence, shown;
  FoldedPart folded;
};

/// The one scenario that the report is of and that decides; null where it is not so simple.
const ScenarioCheck *only_one(const CheckReport &report) {
  const bool is_one = report.checks.size() == 1 && !report.checks.front().advisory;
  return is_one ? &report.checks.front() : nullptr;
}

std::string unit_of(const MovedRow &row) {
  return row.in_ns ? row.what : row.what + " (instructions)";
}

/// "launch: work (instructions) 2.500 G → 2.501 G, +0.0 %; waiting 230.0 ms → 231.0 ms, +1.0 ms"
std::string launch_line(const MovedRows &moved) {
  std::string text;
  for (const MovedRow &row : moved.launch)
    text += fmt::format("{}{} {} → {}, {}", text.empty() ? "Launch: " : "; ",
                        markdown(unit_of(row)), row.before, row.now, row.change);
  return text.empty() ? "" : text + "\n\n";
}

std::string table_row(const MovedRow &row) {
  const std::string sign =
      row.verdict == Verdict::pass ? "" : std::string(verdict_sign(row.verdict)) + " ";
  return fmt::format("| {}{} | {} | {} → {} | {} | {} |\n", sign, markdown(row.name),
                     markdown(unit_of(row)), row.before, row.now, row.change, bar(row.share));
}

std::string moved_table(const MovedRows &moved, const char *sides) {
  const auto is_less = [](const MovedRow &row) { return row.share < 0; };
  const bool shows_less =
      std::ranges::any_of(moved.rows, is_less) || std::ranges::any_of(moved.launch, is_less);
  std::string text = fmt::format("| | | {} | change | {} |\n|---|---|---|---|---|\n", sides,
                                 shows_less ? "█ more ░ less" : "");
  for (const auto *rows : {&moved.launch, &moved.rows})
    for (const MovedRow &row : *rows)
      text += table_row(row);
  if (moved.left_out > 0)
    text += fmt::format("\nand {} more, in the table below\n", moved.left_out);
  return text + '\n';
}

struct Remark {
  std::string_view sign; ///< ours, so it is not escaped; "" for none
  std::string text;
};

/// What the rows cannot say of a place that moved: between which commands it waited, and why no
/// function is named.
void add_remarks_on(const PhaseVerdict &place, std::vector<Remark> &remarks) {
  const std::string name = short_phase(place.phase, file_style);
  if (const std::string between = between_text(place); !between.empty())
    remarks.push_back({"", name + ": " + between});
  if (place.functions && (!place.functions->shows_it || place.functions->functions.empty()))
    remarks.push_back({"", functions_text(place, file_style)});
}

/// What is no row: gated phases that could not be judged, and what the rows cannot say.
std::vector<Remark> remarks_on(const ScenarioCheck &check) {
  std::vector<Remark> remarks;
  bool is_named = true;
  for (const PhaseVerdict *phase : unexplained(check)) {
    if (phase->verdict != Verdict::regressed || !has_numbers(*phase))
      continue;
    const PhaseVerdict &place = told_place(*phase);
    add_remarks_on(place, remarks);
    is_named = is_named && (place.waiting || place.functions);
  }
  if (!is_named && !check.functions_hint.empty())
    remarks.push_back({"", check.functions_hint});
  for (const CheckFinding &finding : findings(check, file_style))
    if (finding.verdict == Verdict::not_measured || finding.verdict == Verdict::inconclusive)
      remarks.push_back({verdict_sign(finding.verdict),
                         fmt::format("{}: {}", to_text(finding.verdict), finding.text)});
  const std::string visible = smallest_detectable_text(check, file_style);
  if (!visible.empty() && !says_what_is_seen(check))
    remarks.push_back({"", "smallest detectable change: " + visible});
  return remarks;
}

std::string remark_list(const std::vector<Remark> &remarks) {
  std::string text;
  for (std::size_t i = 0; i < std::min(remarks.size(), most_remarks); ++i)
    text += fmt::format("- {}{}{}\n", remarks[i].sign, remarks[i].sign.empty() ? "" : " ",
                        markdown(remarks[i].text));
  if (remarks.size() > most_remarks)
    text += fmt::format("- and {} more, in the table below\n", remarks.size() - most_remarks);
  return text.empty() ? "" : text + '\n';
}

Section section_of(const ScenarioCheck &check, bool is_only) {
  Section section;
  if (!is_only)
    section.sentence =
        fmt::format("### {} {}: {}{}\n\n", verdict_sign(check.verdict), markdown(check.scenario),
                    to_text(check.verdict), check.advisory ? " (advisory only)" : "");
  section.sentence += "**" + markdown(verdict_sentence(check, file_style)) + "**\n\n";
  if (!check.reason.empty())
    section.shown += markdown(check.reason) + "\n\n";
  const MovedRows moved = moved_rows(check, most_rows);
  const bool has_moved = check.verdict == Verdict::regressed ||
                         check.verdict == Verdict::improved || !moved.rows.empty();
  section.shown += has_moved && !(moved.rows.empty() && moved.launch.empty())
                       ? moved_table(moved, sides_of(check))
                       : launch_line(moved);
  section.shown += remark_list(remarks_on(check));
  section.folded = folded_part(check);
  return section;
}

/// Lines of outside text as code: a fence is longer than any that they hold.
std::string code_block(std::string_view lines) {
  std::string fence = "```", text;
  while (lines.find(fence) != std::string_view::npos)
    fence += '`';
  while (!lines.empty())
    text += printable(take_line(lines)) + '\n';
  return fence + "sh\n" + text + fence + '\n';
}

bool wants_commands(const CheckReport &report) {
  return std::ranges::any_of(
      report.checks, [](const ScenarioCheck &check) { return check.verdict != Verdict::pass; });
}

/// Each in a block of its own: what is copied to be repeated must not accept.
std::string commands_text(const CheckReport &report, const CheckContext &context) {
  std::string text;
  if (!wants_commands(report))
    return "";
  if (!context.reproduce.empty())
    text += "The same again:\n\n" + code_block(context.reproduce) + '\n';
  if (!context.accept.empty())
    text += "If it is meant, then, with the reason:\n\n" + code_block(context.accept) + '\n';
  return text;
}

std::string link_text(const std::string &text, const std::string &link) {
  return link.empty() ? text : "[" + text + "](" + link + ")";
}

std::string side_text(const char *role, const CheckSide &side) {
  constexpr std::size_t hash_length = 8;
  if (side.name.empty() && side.commit.empty())
    return "";
  std::string text = role;
  if (!side.name.empty())
    text += " " + markdown(side.name);
  if (!side.commit.empty())
    text += " " + link_text(markdown(side.commit.substr(0, hash_length)), side.link);
  return text;
}

/// "base 1a2b3c4d → head 5e6f7a8b · run · session in its artifact bootperf-gate"
std::string origin_text(const CheckReport &report, const CheckContext &context) {
  const bool compares = !report.checks.empty() && report.checks.front().comparison;
  std::string text = side_text(compares ? "base" : "baseline of", context.base);
  const auto add = [&](const std::string &part, const char *separator) {
    if (!part.empty())
      text += (text.empty() ? "" : separator) + part;
  };
  add(side_text("head", context.head), " → ");
  if (!context.run_link.empty())
    add(link_text("run", context.run_link), " · ");
  if (!context.artifact.empty())
    add("session in the artifact " +
            link_text(markdown(context.artifact),
                      context.run_link.empty() ? "" : context.run_link + "#artifacts"),
        " · ");
  return text.empty() ? "" : text + "\n\n";
}

std::string heading_of(const CheckReport &report) {
  const ScenarioCheck *only = only_one(report);
  const Verdict verdict = only != nullptr ? only->verdict : verdict_of(report.exit);
  return fmt::format("## {} Boot time{}: {}\n\n", verdict_sign(verdict),
                     only != nullptr ? ", " + markdown(only->scenario) : "", to_text(verdict));
}

std::string sections_text(std::vector<Section> &sections, std::size_t room) {
  std::size_t needed = 0;
  for (const Section &section : sections)
    needed += section.sentence.size();
  const auto take = [&](std::size_t bytes) {
    return bytes <= room ? (room -= bytes, true) : false;
  };
  room -= std::min(room, needed);
  for (Section &section : sections)
    if (!take(section.shown.size()))
      section.shown = "The rest is left out, since a comment has an end: `bootperf check --format "
                      "json` has it.\n\n";
  std::string text;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const std::string folded = folded_text(sections[i].folded, room / (sections.size() - i));
    room -= std::min(room, folded.size());
    text += sections[i].sentence + sections[i].shown + folded;
  }
  return text;
}

} // namespace

std::string check_markdown(const CheckReport &report, const CheckContext &context) {
  const std::string heading = heading_of(report);
  std::string end;
  if (report.checks.empty())
    end += "Nothing to check: the session has no scenario.\n\n";
  if (!report.reason.empty())
    end += markdown(report.reason) + "\n\n";
  end += commands_text(report, context) + origin_text(report, context);
  std::vector<Section> sections;
  for (const ScenarioCheck &check : report.checks)
    sections.push_back(section_of(check, only_one(report) != nullptr));
  const std::string session =
      fmt::format("session {}, seed {}", markdown(report.session), report.seed);
  if (sections.empty())
    end += session + "\n\n";
  else
    sections.back().folded.lines.push_back("- " + session);
  const std::size_t taken = heading.size() + end.size();
  std::string text =
      heading + sections_text(sections, most_bytes - std::min(most_bytes, taken)) + end;
  text.pop_back(); // every part ends with an empty line
  return text;
}

} // namespace bootperf
