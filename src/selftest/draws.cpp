#include "selftest/traces.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace bootperf {
namespace {

std::vector<std::size_t> shuffled_indexes(std::size_t count, Random &random) {
  std::vector<std::size_t> indexes(count);
  std::iota(indexes.begin(), indexes.end(), std::size_t{0});
  shuffle(indexes, random);
  return indexes;
}

/// So many launches that follow each other, sessions run together; fewer when there are fewer.
std::vector<PhaseValues> neighbours(const Traces &traces, std::size_t count, Random &random) {
  std::vector<PhaseValues> all;
  for (const std::vector<PhaseValues> &session : traces.sessions)
    all.insert(all.end(), session.begin(), session.end());
  count = std::min(count, all.size());
  const auto first = static_cast<std::ptrdiff_t>(random.below(all.size() - count + 1));
  return {all.begin() + first, all.begin() + first + static_cast<std::ptrdiff_t>(count)};
}

} // namespace

Draw draw_blocks(const Traces &traces, std::size_t blocks, Random &random) {
  Draw draw;
  for (const std::size_t index : shuffled_indexes(traces.sessions.size(), random)) {
    const std::vector<PhaseValues> &session = traces.sessions[index];
    // An odd launch at either end has no neighbour.
    const std::size_t first = session.size() % 2 == 1 ? random.below(2) : 0;
    for (std::size_t i = first; i + 1 < session.size() && draw.base.size() < blocks; i += 2) {
      const bool is_base_first = random.below(2) == 0;
      draw.base.push_back(session[i + (is_base_first ? 0 : 1)]);
      draw.head.push_back(session[i + (is_base_first ? 1 : 0)]);
    }
  }
  return draw;
}

Draw draw_batches(const Traces &traces, std::size_t each, Random &random) {
  const std::vector<PhaseValues> run = neighbours(traces, 2 * each, random);
  const auto half = run.begin() + static_cast<std::ptrdiff_t>(run.size() / 2);
  return {{run.begin(), half}, {half, run.end()}};
}

Draw draw_held_out(const Traces &traces, std::size_t head, Random &random) {
  const std::size_t held_out = random.below(traces.sessions.size());
  Draw draw;
  for (std::size_t i = 0; i < traces.sessions.size(); ++i)
    if (i != held_out)
      draw.base.insert(draw.base.end(), traces.sessions[i].begin(), traces.sessions[i].end());
  const std::vector<PhaseValues> &session = traces.sessions[held_out];
  const std::size_t count = std::min(head, session.size());
  const auto first = static_cast<std::ptrdiff_t>(random.below(session.size() - count + 1));
  draw.head = {session.begin() + first,
               session.begin() + first + static_cast<std::ptrdiff_t>(count)};
  return draw;
}

Draw draw_shuffled(const Traces &traces, std::size_t base, std::size_t head, Random &random) {
  std::vector<PhaseValues> run = neighbours(traces, base + head, random);
  shuffle(run, random);
  const auto split = run.begin() + static_cast<std::ptrdiff_t>(std::min(base, run.size()));
  return {{run.begin(), split}, {split, run.end()}};
}

} // namespace bootperf
