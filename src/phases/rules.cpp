#include "phases/rules.h"

#include "base/files.h"
#include "phases/lines.h"
#include "phases/matcher.h"
#include "phases/placement.h"
#include "phases/rule.h"
#include "phases/tree.h"

namespace bootperf {

struct Rules::Compiled {
  RuleSet set;
  std::vector<RulePatterns> patterns;
  Matcher matcher;
};

namespace {

constexpr std::size_t max_file_bytes = 1024 * 1024;

Result<std::vector<std::optional<Matcher::Pattern>>> add_points(Matcher &matcher,
                                                                const std::vector<Point> &points) {
  std::vector<std::optional<Matcher::Pattern>> patterns(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i].kind != Point::Kind::match)
      continue;
    const auto pattern = matcher.add(points[i]);
    if (!pattern)
      return tl::unexpected<Error>(pattern.error());
    patterns[i] = *pattern;
  }
  return patterns;
}

Result<RulePatterns> add_rule(Matcher &matcher, const Rule &rule) {
  auto begin = add_points(matcher, rule.begin);
  auto without_begin = add_points(matcher, rule.without_begin);
  auto end = add_points(matcher, rule.end);
  auto cut_by = add_points(matcher, rule.cut_by);
  for (const auto *points : {&begin, &without_begin, &end, &cut_by})
    if (!*points)
      return tl::unexpected<Error>(points->error());
  return RulePatterns{std::move(*begin), std::move(*without_begin), std::move(*end),
                      std::move(*cut_by)};
}

} // namespace

Rules::Rules(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Rules::Rules(Rules &&) noexcept = default;
Rules &Rules::operator=(Rules &&) noexcept = default;
Rules::~Rules() = default;

PhaseTree Rules::split(const BootLog &log) const {
  const Positions positions = make_positions(log);
  const PlacementInput input{compiled_->set, compiled_->patterns, compiled_->matcher, log,
                             positions};
  return build_tree(input, place_phases(input));
}

Result<Rules> parse_rules(std::string_view yaml, const std::string &name) {
  auto set = read_rules(yaml, name);
  if (!set)
    return tl::unexpected<Error>(set.error());
  auto compiled = std::make_unique<Rules::Compiled>();
  for (const Rule &rule : set->rules) {
    auto patterns = add_rule(compiled->matcher, rule);
    if (!patterns)
      return tl::unexpected<Error>(patterns.error());
    compiled->patterns.push_back(std::move(*patterns));
  }
  if (const auto ready = compiled->matcher.compile(name); !ready)
    return tl::unexpected<Error>(ready.error());
  compiled->set = std::move(*set);
  return Rules(std::move(compiled));
}

Result<Rules> load_rules(const std::string &path) {
  if (path.empty())
    return parse_rules(shipped_rules(), "rules.yaml");
  const auto text = read_file(path, max_file_bytes);
  if (!text)
    return tl::unexpected<Error>(text.error());
  return parse_rules(*text, path);
}

} // namespace bootperf
