#include "phases/rule_order.h"

namespace bootperf {

namespace {

std::vector<std::size_t> needed_by(const Rule &rule) {
  std::vector<std::size_t> needed = rule.parents;
  for (const std::vector<Point> *points : {&rule.begin, &rule.end, &rule.cut_by})
    for (const Point &point : *points)
      if (point.kind == Point::Kind::begin_of || point.kind == Point::Kind::end_of)
        needed.push_back(point.phase);
  return needed;
}

Result<std::size_t> find_root(const std::vector<Rule> &rules) {
  std::optional<std::size_t> root;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (!rules[i].parents.empty())
      continue;
    if (root)
      return fail(ErrorKind::input,
                  "expected a 'parent': the root is already '" + rules[*root].name + "'",
                  rules[i].where);
    root = i;
  }
  if (!root)
    return fail(ErrorKind::input, "expected a phase without a parent, the root",
                rules.empty() ? Location{} : rules.front().where);
  return *root;
}

/// A point may not refer to a repeated phase: which of them would it mean?
Result<void> check_references(const std::vector<Rule> &rules) {
  for (const Rule &rule : rules)
    for (const std::vector<Point> *points : {&rule.begin, &rule.end, &rule.cut_by})
      for (const Point &point : *points)
        if ((point.kind == Point::Kind::begin_of || point.kind == Point::Kind::end_of) &&
            rules[point.phase].repeats())
          return fail(ErrorKind::input,
                      "expected a phase that occurs once; '" + rules[point.phase].name +
                          "' is repeated",
                      point.where);
  return {};
}

/// Of the rules that never became free, one that lies on a circle rather than behind it.
std::optional<std::size_t> on_a_circle(const std::vector<Rule> &rules,
                                       const std::vector<std::size_t> &missing) {
  std::optional<std::size_t> at;
  for (std::size_t i = 0; i < rules.size() && !at; ++i)
    if (missing[i] > 0)
      at = i;
  // Each step leads to a rule that is not free either; after so many the circle is reached.
  for (std::size_t step = 0; at && step < rules.size(); ++step)
    for (const std::size_t needed : needed_by(rules[*at]))
      if (missing[needed] > 0) {
        at = needed;
        break;
      }
  return at;
}

} // namespace

Result<RuleSet> order_rules(std::vector<Rule> rules) {
  const auto root = find_root(rules);
  if (!root)
    return tl::unexpected<Error>(root.error());
  if (const auto checked = check_references(rules); !checked)
    return tl::unexpected<Error>(checked.error());

  std::vector<std::vector<std::size_t>> waiting(rules.size());
  std::vector<std::size_t> missing(rules.size()), order;
  for (std::size_t i = 0; i < rules.size(); ++i)
    for (const std::size_t needed : needed_by(rules[i])) {
      waiting[needed].push_back(i);
      ++missing[i];
    }
  for (std::size_t i = 0; i < rules.size(); ++i)
    if (missing[i] == 0)
      order.push_back(i);
  for (std::size_t next = 0; next < order.size(); ++next)
    for (const std::size_t waiter : waiting[order[next]])
      if (--missing[waiter] == 0)
        order.push_back(waiter);
  if (const auto circular = on_a_circle(rules, missing))
    return fail(ErrorKind::input,
                "the phase '" + rules[*circular].name +
                    "' depends on itself through its parents, begin_of or end_of",
                rules[*circular].where);
  return RuleSet{std::move(rules), *root, std::move(order)};
}

} // namespace bootperf
