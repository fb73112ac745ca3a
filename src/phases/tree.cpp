#include <algorithm>
#include <string>
#include <unordered_map>

#include "phases/longest_wait.h"
#include "phases/tree.h"

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
  std::optional<Position> last_shown;
  for (const std::size_t child : children) {
    const Instance &instance = instances[child];
    if (!set.rules[instance.rule].pair_key.empty())
      continue;
    last_begin = std::max(last_begin, instance.begin);
    if (!instance.inferred)
      last_shown = std::max(last_shown.value_or(0), instance.begin);
  }
  std::erase_if(children, [&](std::size_t child) {
    const Instance &instance = instances[child];
    const bool over = instance.inferred && last_shown && instance.begin <= *last_shown;
    const bool missed = instance.lacks_end && (over || instance.begin < last_begin);
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

namespace {

class NotMeasured {
public:
  NotMeasured(const RuleSet &set, const BootLog &log, const Placement &placement,
              const std::vector<bool> &dropped)
      : set_(set), log_(log), placement_(placement), dropped_(dropped) {}

  std::vector<std::string> find() const {
    std::vector<std::string> ids;
    for (std::size_t rule = 0; rule < set_.rules.size(); ++rule)
      if (rule != set_.root && ((expected(rule) && !found(rule)) || lacks_begin(rule)))
        if (const auto parent = usual_parent(rule))
          ids.push_back(path(*parent) + " > " + set_.rules[rule].name);
    return ids;
  }

private:
  bool found(std::size_t rule) const {
    const auto &instances = placement_.by_rule[rule];
    return std::any_of(instances.begin(), instances.end(),
                       [&](std::size_t i) { return !dropped_[i]; });
  }

  bool lacks_begin(std::size_t rule) const {
    const auto &instances = placement_.by_rule[rule];
    return found(rule) && placement_.instances[instances.front()].begun_before;
  }

  bool expected(std::size_t rule) const {
    const Rule &it = set_.rules[rule];
    if (placement_.applies[rule] != Applies::yes || it.optional)
      return false;
    return !it.optional_when || it.optional_when->applies(log_) == Applies::no;
  }

  /// The parent under which the phase would be.
  std::optional<std::size_t> usual_parent(std::size_t rule) const {
    const std::vector<std::size_t> &parents = set_.rules[rule].parents;
    const auto first = [&](auto &&fits) -> std::optional<std::size_t> {
      const auto parent = std::find_if(parents.begin(), parents.end(), fits);
      return parent == parents.end() ? std::nullopt : std::optional<std::size_t>(*parent);
    };
    if (const auto due =
            first([&](std::size_t parent) { return found(parent) || expected(parent); }))
      return due;
    return first([&](std::size_t parent) { return placement_.applies[parent] != Applies::no; });
  }

  std::string path(std::size_t rule) const {
    if (const auto parent = usual_parent(rule))
      return path(*parent) + " > " + set_.rules[rule].name;
    return set_.rules[rule].name;
  }

  const RuleSet &set_;
  const BootLog &log_;
  const Placement &placement_;
  const std::vector<bool> &dropped_;
};

} // namespace

std::vector<std::string> find_not_measured(const RuleSet &set, const BootLog &log,
                                           const Placement &placement,
                                           const std::vector<bool> &dropped) {
  return NotMeasured(set, log, placement, dropped).find();
}

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
    Phase phase = measured(instance);
    phase.name = name;
    phase.id = parent ? tree_.phases[*parent].id + std::string(separator) + name : name;
    phase.parent = parent;
    phase.repeated = in_.set.rules[instance.rule].repeats();
    phase.overlaps = levels_.overlaps[index];
    phase.unfinished = instance.unfinished;
    tree_.phases.push_back(std::move(phase));
    if (!levels_.children[index].empty())
      emit_children(index, at);
    else if (waited_long(at))
      tree_.phases[at].longest_wait = longest_wait(in_.positions, {{instance.begin, instance.end}});
  }

  void emit_children(std::size_t index, std::size_t at) {
    Names names;
    std::optional<std::int64_t> gap;
    std::int64_t covered_to = tree_.phases[at].start_ns;
    std::vector<Piece> uncovered;
    Position reached = placement_.instances[index].begin;
    for (const std::size_t child : levels_.children[index]) {
      const Instance &instance = placement_.instances[child];
      const std::size_t child_at = tree_.phases.size();
      emit(child, at,
           names.unique(instance.label.empty() ? in_.set.rules[instance.rule].name
                                               : instance.label));
      const Phase &phase = tree_.phases[child_at];
      if (phase.overlaps || !phase.timed() || phase.clock != tree_.phases[at].clock)
        continue;
      if (!gap && phase.start_ns > covered_to)
        gap = covered_to;
      covered_to = phase.start_ns + phase.wall_ns;
      uncovered.push_back({reached, instance.begin});
      reached = instance.end;
      Phase &parent = tree_.phases[at];
      parent.self_ns -= phase.wall_ns;
      if (parent.self_instructions)
        *parent.self_instructions -= phase.instructions.value_or(0);
      for (const StallKey &key : stall_keys)
        if (auto &self = parent.self_stalls.*key.value)
          *self -= (phase.stalls.*key.value).value_or(0);
    }
    add_other(at, gap.value_or(covered_to));
    uncovered.push_back({reached, placement_.instances[index].end});
    if (const std::size_t other = tree_.phases.size() - 1; waited_long(other))
      tree_.phases[other].longest_wait = longest_wait(in_.positions, uncovered);
  }

  /// Only then it is worth the search.
  bool waited_long(std::size_t at) const {
    return tree_.phases[at].self_stalls.waiting_ns.value_or(0) >= least_long_wait_ns;
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
    other.stalls = other.self_stalls = parent.self_stalls;
    other.other = true;
    other.clock = parent.clock;
    tree_.phases.push_back(std::move(other));
  }

  Phase measured(const Instance &instance) const {
    const Position begin = instance.begin;
    const Position end = instance.end;
    Phase phase;
    phase.clock = in_.positions.clocks[begin];
    if (instance.begun_before || instance.ended_before ||
        in_.positions.clocks[end] != phase.clock || in_last_line(instance) ||
        before_the_clock_ran(instance))
      phase.clock = TimeSource::none;
    if (!phase.timed())
      return phase;
    phase.start_ns = in_.positions.t_ns[begin];
    phase.wall_ns = phase.self_ns = in_.positions.t_ns[end] - phase.start_ns;
    if (in_.positions.counted) {
      phase.start_instructions = in_.positions.instructions[begin];
      phase.instructions = phase.self_instructions =
          in_.positions.instructions[end] - in_.positions.instructions[begin];
    }
    for (std::size_t i = 0; i < stall_keys.size(); ++i)
      if (in_.positions.measured[i])
        phase.stalls.*stall_keys[i].value =
            in_.positions.stalls[i][end] - in_.positions.stalls[i][begin];
    phase.self_stalls = phase.stalls;
    return phase;
  }

  /// The kernel stamps 0 until it has found a clock.
  bool before_the_clock_ran(const Instance &instance) const {
    return in_.positions.clocks[instance.end] == TimeSource::guest &&
           instance.begin < instance.end && in_.positions.t_ns[instance.end] == 0;
  }

  /// What begins with the last line of a text and ends with the text: nobody saw how long it took.
  bool in_last_line(const Instance &instance) const {
    if (in_.log.times.empty() || instance.begin == instance.end ||
        instance.end < in_.positions.end())
      return false;
    const auto &lines = in_.positions.lines;
    const auto printed = std::find_if(lines.rbegin(), lines.rend(),
                                      [](const Line &line) { return !line.text.empty(); });
    return instance.begin >= static_cast<Position>(lines.rend() - printed);
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
