#pragma once

#include <string>
#include <vector>

#include "phases/phase_tree.h"
#include "report/launch/formats.h"

namespace bootperf {

constexpr TextStyle utf8{false, true, 0};

/// The trees, which have to outlive it, as what the text reports draw.
inline Launches launches_of_trees(const std::vector<PhaseTree> &trees, const std::string &title) {
  Launches launches;
  launches.title = title;
  for (const PhaseTree &tree : trees)
    launches.trees.push_back(&tree);
  return launches;
}

constexpr std::int64_t ms = 1'000'000;

/// Puts trees together by hand. A parent has to be added before its children.
class TreeBuilder {
public:
  TreeBuilder &add(const std::string &parent_id, const std::string &name, std::int64_t start_ns,
                   std::int64_t wall_ns) {
    Phase phase;
    phase.name = name;
    phase.id = parent_id.empty() ? name : parent_id + " > " + name;
    for (std::size_t i = 0; i < tree_.phases.size(); ++i) {
      if (tree_.phases[i].id == parent_id)
        phase.parent = i;
    }
    phase.start_ns = start_ns;
    phase.wall_ns = wall_ns;
    phase.self_ns = wall_ns;
    phase.other = name == "(other)";
    if (phase.parent && !phase.other)
      tree_.phases[*phase.parent].self_ns -= wall_ns;
    tree_.phases.push_back(phase);
    return *this;
  }
  TreeBuilder &counted(std::uint64_t instructions) {
    tree_.phases.back().instructions = instructions;
    return *this;
  }
  TreeBuilder &stalled(const Stalls &stalls) {
    tree_.phases.back().stalls = tree_.phases.back().self_stalls = stalls;
    return *this;
  }
  TreeBuilder &repeated() {
    tree_.phases.back().repeated = true;
    return *this;
  }
  TreeBuilder &overlapping() {
    Phase &phase = tree_.phases.back();
    phase.overlaps = true;
    tree_.phases[*phase.parent].self_ns += phase.wall_ns;
    return *this;
  }
  TreeBuilder &unfinished() {
    tree_.phases.back().unfinished = true;
    return *this;
  }
  TreeBuilder &missing(const std::string &id) {
    tree_.not_measured.push_back(id);
    return *this;
  }
  PhaseTree tree() const { return tree_; }

private:
  PhaseTree tree_;
};

/// A small launch: supermin, then qemu with firmware and a kernel that loads two modules.
inline PhaseTree small_launch(std::int64_t slower_ms = 0) {
  const std::string kernel = "run > launch > qemu > kernel";
  const std::int64_t late = slower_ms * ms;
  return TreeBuilder()
      .add("", "run", 0, 1000 * ms + late)
      .add("run", "launch", 0, 900 * ms + late)
      .add("run > launch", "supermin:build", 10 * ms, 40 * ms)
      .add("run > launch", "qemu", 50 * ms, 850 * ms + late)
      .add("run > launch > qemu", "seabios", 50 * ms, 150 * ms)
      .add("run > launch > qemu", "kernel", 200 * ms, 700 * ms + late)
      .add(kernel, "insmod crc32", 300 * ms, 20 * ms)
      .repeated()
      .add(kernel, "insmod virtio_net", 320 * ms, 60 * ms)
      .repeated()
      .add(kernel, "/init", 400 * ms, 500 * ms + late)
      .add(kernel, "(other)", 200 * ms, 120 * ms)
      .add("run > launch", "(other)", 0, 10 * ms)
      .add("run", "shutdown", 900 * ms + late, 100 * ms)
      .tree();
}

} // namespace bootperf
