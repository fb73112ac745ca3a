#include <algorithm>
#include <charconv>
#include <utility>

#include "phases/rule.h"

namespace bootperf {

namespace {

std::vector<std::size_t> needed_by(const Rule &rule) {
  std::vector<std::size_t> needed = rule.parents;
  for (const std::vector<Point> *points :
       {&rule.begin, &rule.without_begin, &rule.end, &rule.cut_by})
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
    for (const std::vector<Point> *points :
         {&rule.begin, &rule.without_begin, &rule.end, &rule.cut_by})
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

namespace {

int compare(const std::vector<unsigned long> &a, const std::vector<unsigned long> &b) {
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const unsigned long left = i < a.size() ? a[i] : 0;
    const unsigned long right = i < b.size() ? b[i] : 0;
    if (left != right)
      return left < right ? -1 : 1;
  }
  return 0;
}

bool holds(const VersionBound &bound, const std::vector<unsigned long> &version) {
  const int order = compare(version, bound.version);
  switch (bound.relation) {
  case VersionBound::Relation::less:
    return order < 0;
  case VersionBound::Relation::at_most:
    return order <= 0;
  case VersionBound::Relation::equal:
    return order == 0;
  case VersionBound::Relation::at_least:
    return order >= 0;
  case VersionBound::Relation::more:
    return order > 0;
  }
  return false;
}

/// "libvirt:qemu:///session" is the backend libvirt.
std::string_view comparable(const std::string &key, std::string_view value) {
  return key == "backend" ? value.substr(0, value.find(':')) : value;
}

bool allows(const std::vector<Condition::Value> &allowed, std::string_view value) {
  const bool named = std::any_of(allowed.begin(), allowed.end(), [&](const auto &one) {
    return !one.excluded && one.text == value;
  });
  const bool excluded = std::any_of(allowed.begin(), allowed.end(), [&](const auto &one) {
    return one.excluded && one.text == value;
  });
  const bool names_any =
      std::any_of(allowed.begin(), allowed.end(), [](const auto &one) { return !one.excluded; });
  return !excluded && (named || !names_any);
}

} // namespace

Applies Condition::applies(const BootLog &log) const {
  Applies result = Applies::yes;
  for (const auto &[key, allowed] : values) {
    const std::string_view value = comparable(key, log.value(key));
    if (value.empty())
      result = Applies::unknown;
    else if (!allows(allowed, value))
      return Applies::no;
  }
  if (libguestfs.empty())
    return result;
  const auto version = parse_version(log.value("libguestfs"));
  if (!version)
    return Applies::unknown;
  const bool in_range = std::all_of(libguestfs.begin(), libguestfs.end(),
                                    [&](const auto &bound) { return holds(bound, *version); });
  return in_range ? result : Applies::no;
}

std::optional<std::vector<unsigned long>> parse_version(std::string_view text) {
  std::vector<unsigned long> parts;
  while (parts.size() < 8) {
    unsigned long part = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), part);
    if (error != std::errc())
      break;
    parts.push_back(part);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty() || text.front() != '.')
      break;
    text.remove_prefix(1);
  }
  if (parts.empty())
    return std::nullopt;
  return parts;
}

std::optional<std::vector<VersionBound>> parse_version_range(std::string_view text) {
  using Relation = VersionBound::Relation;
  constexpr std::pair<std::string_view, Relation> relations[] = {{">=", Relation::at_least},
                                                                 {"<=", Relation::at_most},
                                                                 {">", Relation::more},
                                                                 {"<", Relation::less},
                                                                 {"=", Relation::equal}};
  std::vector<VersionBound> bounds;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty())
      break;
    const auto *relation =
        std::find_if(std::begin(relations), std::end(relations), [&](const auto &one) {
          return text.substr(0, one.first.size()) == one.first;
        });
    if (relation == std::end(relations))
      return std::nullopt;
    text.remove_prefix(relation->first.size());
    const std::string_view version = text.substr(0, text.find(' '));
    if (version.find_first_not_of("0123456789.") != std::string_view::npos)
      return std::nullopt;
    const auto parts = parse_version(version);
    if (!parts)
      return std::nullopt;
    bounds.push_back({relation->second, *parts});
    text.remove_prefix(version.size());
  }
  if (bounds.empty())
    return std::nullopt;
  return bounds;
}

} // namespace bootperf
