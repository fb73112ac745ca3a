#include "phases/longest_wait.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace bootperf {
namespace {

constexpr std::size_t longest_text = 120;

/// "+ sleep 1", "++ seq 0 10", and from libguestfs 1.60 on "/init: sleep 1".
bool is_command(const Line &line) {
  const std::string_view text = line.text;
  if (line.source != Source::appliance)
    return false;
  const std::size_t plus = text.find_first_not_of('+');
  if (plus != 0 && plus != std::string_view::npos)
    return text[plus] == ' ';
  const std::size_t slash = text.find_first_not_of('/');
  if (slash == 0 || slash == std::string_view::npos)
    return false;
  const std::string_view rest = text.substr(slash);
  return rest.starts_with("init: ") && !rest.starts_with("init: line "); // that is a shell's error
}

std::string shortened(std::string_view text) {
  return std::string(beginning(text, longest_text));
}

std::size_t waiting_key() {
  const auto *const found = std::ranges::find(stall_keys, &Stalls::waiting_ns, &StallKey::value);
  return static_cast<std::size_t>(found - stall_keys.begin());
}

} // namespace

std::optional<LongestWait> longest_wait(const Positions &positions,
                                        const std::vector<Piece> &pieces) {
  const std::size_t key = waiting_key();
  if (!positions.measured[key])
    return std::nullopt;
  const std::vector<std::uint64_t> &waited = positions.stalls[key];
  std::map<std::pair<std::string, std::string>, std::uint64_t> sums;
  for (const Piece &piece : pieces) {
    std::optional<Position> after;
    // What ends a piece encloses what was before it, too. Position i + 1 is line i.
    for (Position at = std::max<Position>(piece.begin, 1); at <= piece.end && at < positions.end();
         ++at) {
      if (!is_command(positions.lines[at - 1]))
        continue;
      if (after)
        sums[{shortened(positions.lines[*after - 1].text),
              shortened(positions.lines[at - 1].text)}] += waited[at] - waited[*after];
      after = at;
    }
  }
  const auto most =
      std::ranges::max_element(sums, {}, [](const auto &each) { return each.second; });
  if (most == sums.end() || most->second < least_long_wait_ns)
    return std::nullopt;
  return LongestWait{most->first.first, most->first.second, most->second};
}

} // namespace bootperf
