#include "phases/placement.h"

#include <algorithm>

#include "phases/pairing.h"

namespace bootperf {

namespace {

struct End {
  Position at = 0;
  bool unfinished = false;
  bool before = false; ///< somewhere before it
};

class Placer {
public:
  explicit Placer(const PlacementInput &input)
      : in_(input), hits_(input.matcher.scan(input.positions.lines)) {
    placement_.by_rule.resize(in_.set.rules.size());
    for (const Rule &rule : in_.set.rules)
      placement_.applies.push_back(rule.when.applies(in_.log));
  }

  Placement place() {
    for (const std::size_t rule : in_.set.order) {
      if (rule == in_.set.root)
        place_root();
      else if (placement_.applies[rule] != Applies::no)
        place_rule(rule);
    }
    return std::move(placement_);
  }

private:
  using Points = std::vector<Point>;
  using Patterns = std::vector<std::optional<Matcher::Pattern>>;

  const Rule &rule_at(std::size_t rule) const { return in_.set.rules[rule]; }

  void place_root() {
    const auto &events = in_.log.events;
    const bool closed = std::any_of(events.begin(), events.end(),
                                    [](const Event &e) { return e.source == Source::close; });
    Instance root;
    root.rule = in_.set.root;
    root.end = in_.positions.end();
    root.unfinished = !closed;
    add(std::move(root));
  }

  void place_rule(std::size_t index) {
    const Rule &rule = rule_at(index);
    if (!rule.repeats()) {
      const RulePatterns &patterns = in_.patterns[index];
      if (const auto found = first_begin(index, rule.begin, patterns.begin))
        finish(index, found->first, found->second, {}, follows_unseen(rule, found->first));
      else if (const auto inside = first_begin(index, rule.without_begin, patterns.without_begin))
        finish(index, inside->first, inside->second, {}, true);
    } else if (rule.pair_key.empty()) {
      for (const auto &[at, pattern] : all_hits(rule.begin, in_.patterns[index].begin))
        if (const auto parent = parent_at(index, at))
          finish(index, at, *parent, label(rule, at, pattern));
    } else {
      place_pairs(index);
    }
  }

  // ---- where phases begin

  /// The first beginning that lies in a parent, and that parent.
  std::optional<std::pair<Position, std::size_t>>
  first_begin(std::size_t index, const Points &points, const Patterns &patterns) const {
    const Rule &rule = rule_at(index);
    std::optional<Position> first;
    const auto consider = [&](std::optional<Position> at) {
      if (at && (!first || *at < *first) && parent_at(index, *at))
        first = at;
    };
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Point &point = points[i];
      if (point.when.applies(in_.log) == Applies::no)
        continue;
      if (point.kind != Point::Kind::match) {
        consider(derived(point));
        continue;
      }
      const auto &hits = hits_[*patterns[i]];
      for (const std::size_t parent_rule : rule.parents)
        for (const std::size_t parent : placement_.by_rule[parent_rule])
          if (const auto hit = std::lower_bound(hits.begin(), hits.end(), instance(parent).begin);
              hit != hits.end() && *hit < instance(parent).end) {
            consider(*hit);
            break; // later parents of this rule only hold later hits
          }
    }
    if (!first)
      return std::nullopt;
    return std::make_pair(*first, *parent_at(index, *first));
  }

  /// The innermost of the rule's parents, by the rule's order of preference, that lies around it.
  std::optional<std::size_t> parent_at(std::size_t index, Position at) const {
    for (const std::size_t parent_rule : rule_at(index).parents) {
      const auto &parents = placement_.by_rule[parent_rule];
      const auto after = std::upper_bound(
          parents.begin(), parents.end(), at,
          [&](Position position, std::size_t i) { return position < instance(i).begin; });
      if (after == parents.begin())
        continue;
      const Instance &parent = instance(*(after - 1));
      if (at < parent.end || at == parent.begin)
        return *(after - 1);
    }
    return std::nullopt;
  }

  /// Every hit of the points' patterns, ascending.
  std::vector<Occurrence> all_hits(const Points &points, const Patterns &patterns) const {
    std::vector<Occurrence> all;
    for (std::size_t i = 0; i < points.size(); ++i)
      if (patterns[i] && points[i].when.applies(in_.log) != Applies::no)
        for (const Position at : hits_[*patterns[i]])
          all.push_back({at, *patterns[i]});
    const auto earlier = [](const Occurrence &a, const Occurrence &b) { return a.at < b.at; };
    if (!std::is_sorted(all.begin(), all.end(), earlier)) // several patterns
      std::stable_sort(all.begin(), all.end(), earlier);
    return all;
  }

  /// Whether what begins there begins with a phase whose own beginning is not in the log.
  bool follows_unseen(const Rule &rule, Position begin) const {
    return std::any_of(rule.begin.begin(), rule.begin.end(), [&](const Point &point) {
      if (point.kind != Point::Kind::begin_of || placement_.by_rule[point.phase].empty())
        return false;
      const Instance &other = instance(placement_.by_rule[point.phase].front());
      return other.begun_before && other.begin == begin;
    });
  }

  // ---- where they end

  /// A position that follows from another phase, from the log's bounds.
  std::optional<Position> derived(const Point &point) const {
    if (point.kind == Point::Kind::start)
      return 0;
    if (point.kind == Point::Kind::end)
      return in_.positions.end();
    if (point.kind != Point::Kind::begin_of && point.kind != Point::Kind::end_of)
      return std::nullopt;
    const auto &others = placement_.by_rule[point.phase];
    if (others.empty())
      return std::nullopt;
    const Instance &other = instance(others.front());
    return point.kind == Point::Kind::begin_of ? other.begin : other.end;
  }

  /// The earliest of the points after a beginning. A phase whose beginning follows from another one
  /// may end on the very line (the first kernel message may be the one that is waited for).
  std::optional<End> first_end(const Points &points, const Patterns &patterns, Position begin,
                               bool derived_begin) const {
    std::optional<End> first;
    const auto consider = [&](Position at, bool unfinished, bool before = false) {
      if (!first || at < first->at)
        first = End{at, unfinished, before};
    };
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Point &point = points[i];
      if (point.when.applies(in_.log) == Applies::no)
        continue;
      if (point.kind == Point::Kind::next_line) {
        consider(std::min(begin + 1, in_.positions.end()), false);
      } else if (point.kind == Point::Kind::match) {
        const auto &hits = hits_[*patterns[i]];
        const auto hit =
            std::lower_bound(hits.begin(), hits.end(), begin + (derived_begin ? 0 : 1));
        if (hit != hits.end())
          consider(*hit, false);
      } else if (const auto at = derived(point); at && *at >= begin) {
        const auto &others = placement_.by_rule[point.phase];
        const bool of_begin = point.kind == Point::Kind::begin_of;
        const bool of_end = point.kind == Point::Kind::end_of;
        consider(*at, of_end && instance(others.front()).unfinished,
                 of_begin && instance(others.front()).begun_before);
      }
    }
    return first;
  }

  bool begins_derived(const Rule &rule) const {
    return std::all_of(rule.begin.begin(), rule.begin.end(),
                       [](const Point &point) { return point.kind != Point::Kind::match; });
  }

  /// Adds a phase that begins there, with the end that its rule finds. Without an end it is open
  /// where its parent is cut off, and otherwise not measured.
  void finish(std::size_t index, Position begin, std::size_t parent, std::string name,
              bool begun_before = false) {
    const Rule &rule = rule_at(index);
    const RulePatterns &patterns = in_.patterns[index];
    const bool derived_begin = begun_before || begins_derived(rule);
    Instance phase;
    phase.rule = index;
    phase.begin = begin;
    phase.parent = parent;
    phase.label = std::move(name);
    phase.begun_before = begun_before;
    phase.inferred = begun_before && begins_derived(rule);
    if (const auto end = first_end(rule.end, patterns.end, begin, derived_begin)) {
      phase.end = end->at;
      phase.unfinished = end->unfinished;
      phase.ended_before = end->before;
    } else if (const auto cut = first_end(rule.cut_by, patterns.cut_by, begin, derived_begin)) {
      phase.end = cut->at;
      phase.unfinished = true;
    } else if (instance(parent).unfinished) {
      phase.end = in_.positions.end();
      phase.unfinished = true;
      phase.lacks_end = true;
    } else {
      return;
    }
    clamp(phase);
    // Of what lies wholly before the log there is no sign in it.
    if (!phase.inferred || phase.begin < phase.end)
      add(std::move(phase));
  }

  void clamp(Instance &phase) const {
    const Instance &parent = instance(*phase.parent);
    phase.begin = std::clamp(phase.begin, parent.begin, parent.end);
    phase.end = std::clamp(phase.end, phase.begin, parent.end);
  }

  // ---- repeats

  std::string label(const Rule &rule, Position at, Matcher::Pattern pattern) const {
    return fill_label(rule.label, in_.matcher.captures(pattern, in_.positions.lines[at - 1].text));
  }

  void place_pairs(std::size_t index) {
    const Rule &rule = rule_at(index);
    const RulePatterns &patterns = in_.patterns[index];
    std::vector<Pair> pairs =
        find_pairs({rule, in_.matcher, in_.positions.lines, all_hits(rule.begin, patterns.begin),
                    all_hits(rule.end, patterns.end)});
    const std::size_t first = placement_.instances.size();
    std::vector<std::optional<std::size_t>> added(pairs.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      Pair &pair = pairs[i];
      std::optional<std::size_t> parent = parent_at(index, pair.begin);
      if (!parent || (!pair.end && !instance(*parent).unfinished))
        continue;
      if (pair.around && added[*pair.around])
        parent = added[*pair.around];
      Instance phase;
      phase.rule = index;
      phase.begin = pair.begin;
      phase.end = pair.end.value_or(in_.positions.end());
      phase.parent = parent;
      phase.unfinished = !pair.end;
      phase.label = std::move(pair.label);
      clamp(phase);
      added[i] = first + placement_.by_rule[index].size();
      add(std::move(phase));
    }
  }

  const Instance &instance(std::size_t i) const { return placement_.instances[i]; }

  void add(Instance phase) {
    placement_.by_rule[phase.rule].push_back(placement_.instances.size());
    placement_.instances.push_back(std::move(phase));
  }

  const PlacementInput &in_;
  std::vector<std::vector<Position>> hits_;
  Placement placement_;
};

} // namespace

Placement place_phases(const PlacementInput &input) {
  return Placer(input).place();
}

} // namespace bootperf
