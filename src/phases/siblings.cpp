#include "phases/siblings.h"

#include <algorithm>

namespace bootperf {

namespace {

/// Siblings mostly come in order, and then it stays linear.
template <class Less>
void sort_unless_sorted(std::vector<std::size_t> &children, Less less) {
  if (!std::is_sorted(children.begin(), children.end(), less))
    std::stable_sort(children.begin(), children.end(), less);
}

void drop_those_without_end(const RuleSet &set, const std::vector<Instance> &instances,
                            std::vector<std::size_t> &children, std::vector<bool> &dropped) {
  // Pairs may run beside each other, so that a later one shows nothing.
  Position last_begin = 0;
  for (const std::size_t child : children)
    if (set.rules[instances[child].rule].pair_key.empty())
      last_begin = std::max(last_begin, instances[child].begin);
  std::erase_if(children, [&](std::size_t child) {
    const bool missed = instances[child].lacks_end && instances[child].begin < last_begin;
    if (missed)
      dropped[child] = true;
    return missed;
  });
}

void mark_overlaps(const std::vector<Instance> &instances, std::vector<std::size_t> children,
                   std::vector<bool> &overlaps) {
  sort_unless_sorted(
      children, [&](std::size_t a, std::size_t b) { return instances[a].end < instances[b].end; });
  Position covered_to = 0;
  for (const std::size_t child : children)
    if (instances[child].begin >= covered_to)
      covered_to = instances[child].end;
    else
      overlaps[child] = true;
}

} // namespace

Levels arrange_siblings(const RuleSet &set, const Placement &placement) {
  const std::vector<Instance> &instances = placement.instances;
  Levels levels;
  levels.children.resize(instances.size());
  levels.overlaps.resize(instances.size());
  levels.dropped.resize(instances.size());
  for (std::size_t i = 0; i < instances.size(); ++i)
    if (instances[i].parent)
      levels.children[*instances[i].parent].push_back(i);
  // Parents come first, so that what lies in a dropped phase is dropped as well.
  for (std::size_t i = 0; i < instances.size(); ++i) {
    std::vector<std::size_t> &children = levels.children[i];
    if (levels.dropped[i])
      for (const std::size_t child : children)
        levels.dropped[child] = true;
    sort_unless_sorted(children, [&](std::size_t a, std::size_t b) {
      return instances[a].begin < instances[b].begin;
    });
    drop_those_without_end(set, instances, children, levels.dropped);
    mark_overlaps(instances, children, levels.overlaps);
  }
  return levels;
}

} // namespace bootperf
