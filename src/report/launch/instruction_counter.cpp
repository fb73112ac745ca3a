#include "report/launch/instruction_counter.h"

#include <algorithm>

namespace bootperf {
namespace {

using ChildPhases = std::vector<std::vector<std::size_t>>;

// Summed phases only: what overlaps, and "(other)", is no interval of its level.
ChildPhases children_of(const PhaseTree &tree) {
  ChildPhases children(tree.phases.size());
  for (std::size_t i = 0; i < tree.phases.size(); ++i) {
    const Phase &phase = tree.phases[i];
    if (phase.parent && *phase.parent < i && !phase.other && !phase.overlaps)
      children[*phase.parent].push_back(i);
  }
  return children;
}

double counted(const Phase &phase) {
  return static_cast<double>(phase.instructions.value_or(0));
}

/// A phase whose inside is still to be counted, from what was counted before it.
struct Open {
  std::size_t phase = 0;
  double before = 0;
};

} // namespace

std::vector<CountAt> counts_of(const std::vector<Line> &lines) {
  std::vector<CountAt> counts;
  for (const Line &line : lines)
    if (line.instructions)
      counts.push_back({line.t_ns, static_cast<double>(*line.instructions)});
  return counts;
}

std::vector<CountAt> counts_of(const PhaseTree &tree) {
  if (tree.phases.empty() || !tree.phases.front().instructions)
    return {};
  const ChildPhases children = children_of(tree);
  const Phase &root = tree.phases.front();
  std::vector<CountAt> counts = {{root.start_ns, 0}, {root.start_ns + root.wall_ns, counted(root)}};
  // Not recursive: how deep a file's phases nest is not for it to decide.
  std::vector<Open> open = {{0, 0}};
  while (!open.empty()) {
    const Open now = open.back();
    open.pop_back();
    const Phase &phase = tree.phases[now.phase];
    double gaps = static_cast<double>(phase.wall_ns);
    double uncovered = counted(phase);
    for (const std::size_t child : children[now.phase]) {
      gaps -= static_cast<double>(tree.phases[child].wall_ns);
      uncovered -= counted(tree.phases[child]);
    }
    const double rate = gaps > 0 && uncovered > 0 ? uncovered / gaps : 0;
    double so_far = now.before;
    std::int64_t t = phase.start_ns;
    for (const std::size_t child : children[now.phase]) {
      const Phase &inner = tree.phases[child];
      so_far += rate * static_cast<double>(std::max<std::int64_t>(inner.start_ns - t, 0));
      counts.push_back({inner.start_ns, so_far});
      open.push_back({child, so_far});
      so_far += counted(inner);
      t = inner.start_ns + inner.wall_ns;
      counts.push_back({t, so_far});
    }
  }
  std::ranges::stable_sort(counts, {}, &CountAt::t_ns);
  double most = 0;
  for (CountAt &each : counts)
    most = each.instructions = std::max(most, each.instructions);
  return counts;
}

} // namespace bootperf
