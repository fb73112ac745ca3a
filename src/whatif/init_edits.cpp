#include "whatif/init_edits.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/text.h"

namespace bootperf {
namespace {

using Lines = std::vector<std::string>;

/// Makes one edit; tells whether it found its line.
struct InitEditor {
  Lines lines;

  bool operator()(const DeletedLines &edit) {
    const RE2 pattern(edit.pattern, RE2::Quiet);
    return std::erase_if(lines, [&](const std::string &line) {
             return RE2::PartialMatch(line, pattern);
           }) > 0;
  }

  bool operator()(const ReplacedLines &edit) {
    const RE2 pattern(edit.pattern, RE2::Quiet);
    bool found = false;
    for (std::string &line : lines)
      found |= RE2::Replace(&line, pattern, edit.text);
    return found;
  }

  bool operator()(const InsertedLine &edit) {
    const RE2 pattern(edit.before, RE2::Quiet);
    for (auto line = lines.begin(); line != lines.end(); ++line)
      if (RE2::PartialMatch(*line, pattern)) {
        lines.insert(line, edit.line);
        return true;
      }
    return false;
  }
};

struct SoughtPattern {
  std::string operator()(const DeletedLines &edit) const { return edit.pattern; }
  std::string operator()(const ReplacedLines &edit) const { return edit.pattern; }
  std::string operator()(const InsertedLine &edit) const { return edit.before; }
};

} // namespace

Result<std::string> edited_init(std::string_view script, const std::vector<InitEdit> &edits) {
  InitEditor editor;
  while (!script.empty())
    editor.lines.emplace_back(take_line(script));
  for (const InitEdit &edit : edits)
    if (!std::visit(editor, edit))
      return fail(ErrorKind::not_measured,
                  fmt::format("no line of the appliance's /init matches \"{}\"",
                              std::visit(SoughtPattern{}, edit)));
  std::string text;
  for (const std::string &line : editor.lines)
    text += line + '\n';
  return text;
}

} // namespace bootperf
