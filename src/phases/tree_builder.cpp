#include "phases/tree_builder.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "phases/not_measured.h"
#include "phases/siblings.h"

namespace bootperf {

namespace {

constexpr std::string_view separator = " > ";

/// Names that are taken at one level: the second insmod of a module is "insmod X #2".
class Names {
public:
  std::string unique(const std::string &name) {
    const auto [entry, is_new] = counts_.emplace(name, 1);
    if (is_new)
      return name;
    std::size_t &count = entry->second; // stays where it is when the map grows
    while (true) {
      std::string numbered = name + " #" + std::to_string(++count);
      if (counts_.emplace(numbered, 1).second)
        return numbered;
    }
  }

private:
  std::unordered_map<std::string, std::size_t> counts_{{"(other)", 1}};
};

class TreeBuilder {
public:
  TreeBuilder(const PlacementInput &input, const Placement &placement)
      : in_(input), placement_(placement), levels_(arrange_siblings(input.set, placement)) {}

  PhaseTree build() {
    tree_.phases.reserve(placement_.instances.size() * 2);
    emit(placement_.by_rule[in_.set.root].front(), std::nullopt, in_.set.rules[in_.set.root].name);
    tree_.not_measured = find_not_measured(in_.set, in_.log, placement_, levels_.dropped);
    tree_.last_phase = last_phase();
    return std::move(tree_);
  }

private:
  void emit(std::size_t index, std::optional<std::size_t> parent, const std::string &name) {
    const Instance &instance = placement_.instances[index];
    const std::size_t at = tree_.phases.size();
    Phase phase = measured(instance.begin, instance.end);
    phase.name = name;
    phase.id = parent ? tree_.phases[*parent].id + std::string(separator) + name : name;
    phase.parent = parent;
    phase.repeated = in_.set.rules[instance.rule].repeats();
    phase.overlaps = levels_.overlaps[index];
    phase.unfinished = instance.unfinished;
    tree_.phases.push_back(std::move(phase));
    if (!levels_.children[index].empty())
      emit_children(index, at);
  }

  void emit_children(std::size_t index, std::size_t at) {
    Names names;
    std::optional<std::int64_t> gap;
    std::int64_t covered_to = tree_.phases[at].start_ns;
    for (const std::size_t child : levels_.children[index]) {
      const Instance &instance = placement_.instances[child];
      const std::size_t child_at = tree_.phases.size();
      emit(child, at,
           names.unique(instance.label.empty() ? in_.set.rules[instance.rule].name
                                               : instance.label));
      const Phase &phase = tree_.phases[child_at];
      if (phase.overlaps)
        continue;
      if (!gap && phase.start_ns > covered_to)
        gap = covered_to;
      covered_to = phase.start_ns + phase.wall_ns;
      Phase &parent = tree_.phases[at];
      parent.self_ns -= phase.wall_ns;
      if (parent.self_instructions)
        *parent.self_instructions -= phase.instructions.value_or(0);
    }
    add_other(at, gap.value_or(covered_to));
  }

  /// What no child covers. It begins where its first piece does.
  void add_other(std::size_t at, std::int64_t start_ns) {
    const Phase &parent = tree_.phases[at];
    Phase other;
    other.name = "(other)";
    other.id = parent.id + std::string(separator) + other.name;
    other.parent = at;
    other.start_ns = start_ns;
    other.wall_ns = other.self_ns = parent.self_ns;
    other.instructions = other.self_instructions = parent.self_instructions;
    other.other = true;
    tree_.phases.push_back(std::move(other));
  }

  Phase measured(Position begin, Position end) const {
    Phase phase;
    phase.start_ns = in_.positions.t_ns[begin];
    phase.wall_ns = phase.self_ns = in_.positions.t_ns[end] - phase.start_ns;
    if (in_.positions.counted)
      phase.instructions = phase.self_instructions =
          in_.positions.instructions[end] - in_.positions.instructions[begin];
    return phase;
  }

  /// The deepest phase that a failed or cut launch ended in, or "".
  std::string last_phase() const {
    std::size_t last = 0;
    for (std::size_t i = 1; i < tree_.phases.size(); ++i)
      if (tree_.phases[i].unfinished && tree_.phases[i].parent == last && !tree_.phases[i].overlaps)
        last = i;
    const bool failed = !in_.log.ok() || last > 0 || tree_.phases[0].unfinished;
    return failed ? tree_.phases[last].id : "";
  }

  const PlacementInput &in_;
  const Placement &placement_;
  Levels levels_;
  PhaseTree tree_;
};

} // namespace

PhaseTree build_tree(const PlacementInput &input, const Placement &placement) {
  return TreeBuilder(input, placement).build();
}

} // namespace bootperf
