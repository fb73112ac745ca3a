#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "report/profile/formats.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

/// A frame ends at a semicolon, and a line at its end.
std::string frame(std::string_view text) {
  std::string safe = printable(text);
  for (char &c : safe)
    if (c == ';')
      c = ':';
  return safe;
}

} // namespace

std::string profile_folded(const Profile &profile) {
  std::string text;
  for (const MeanRow &row : mean_rows(profile)) {
    const auto instructions = std::llround(row.instructions);
    if (instructions == 0)
      continue;
    for (const std::string &part : id_parts(profile.phases[row.phase]))
      text += frame(part) + ';';
    const ProfileFunction &function = profile.functions[row.function];
    text += fmt::format("{};{} {}\n", frame(function.object), frame(function.name), instructions);
  }
  return text;
}

} // namespace bootperf
