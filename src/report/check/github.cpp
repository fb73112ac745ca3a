#include "report/check/formats.h"

#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "report/check/findings.h"
#include "report/check/sentence.h"

namespace bootperf {
namespace {

// As @actions/core escapes them. What is printable() has no line ends.
std::string message(std::string_view text) {
  std::string safe;
  for (const char byte : printable(text))
    safe += byte == '%' ? std::string("%25") : std::string(1, byte);
  return safe;
}

std::string property(std::string_view text) {
  std::string safe;
  for (const char byte : message(text))
    safe += byte == ':' ? "%3A" : byte == ',' ? "%2C" : std::string(1, byte);
  return safe;
}

const char *level(Verdict verdict, bool advisory) {
  if (advisory || verdict == Verdict::improved || verdict == Verdict::pass)
    return "notice";
  return verdict == Verdict::regressed ? "error" : "warning";
}

std::string annotation(const ScenarioCheck &check, Verdict verdict, const std::string &text,
                       const Location &where) {
  std::string place;
  if (!where.file.empty())
    place = fmt::format("file={},", property(where.file));
  if (!where.file.empty() && where.line > 0)
    place += fmt::format("line={},col={},", where.line, where.column);
  const std::string title = fmt::format("{}: {}", check.scenario, to_text(verdict));
  return fmt::format("::{} {}title={}::{}\n", level(verdict, check.advisory), place,
                     property(title), message(text));
}

} // namespace

std::string github_annotations(const CheckReport &report) {
  std::string text;
  for (const ScenarioCheck &check : report.checks) {
    const std::vector<CheckFinding> found = findings(check, file_style);
    if (!found.empty())
      text += annotation(check, check.verdict, verdict_sentence(check, file_style), {});
    if (check.phases.empty() && !check.reason.empty())
      text += annotation(check, check.verdict, check.reason, {});
    for (const CheckFinding &finding : found)
      text += annotation(check, finding.verdict,
                         finding.functions.empty() ? finding.text
                                                   : finding.text + ". " + finding.functions,
                         finding.where);
  }
  return text;
}

} // namespace bootperf
