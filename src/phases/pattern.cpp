#include <algorithm>
#include <vector>

#include "phases/pattern.h"

namespace bootperf {

namespace {

constexpr std::size_t max_pattern_bytes = 4096;

} // namespace

RE2::Options pattern_options() {
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  return options;
}

Result<std::unique_ptr<const RE2>> compile_pattern(const std::string &pattern,
                                                   const Location &where) {
  auto compiled = std::make_unique<const RE2>(pattern, pattern_options());
  if (!compiled->ok())
    return fail(ErrorKind::input, "expected a regular expression (RE2), but " + compiled->error(),
                where);
  return compiled;
}

Result<std::string> expand_definitions(std::string_view text,
                                       const std::map<std::string, std::string> &definitions,
                                       const Location &where) {
  std::string result;
  while (!text.empty()) {
    const std::size_t begin = text.find("${");
    result += text.substr(0, begin);
    if (begin == std::string_view::npos)
      break;
    const std::size_t end = text.find('}', begin);
    if (end == std::string_view::npos)
      return fail(ErrorKind::input, "expected a '}' after '${'", where);
    const std::string name(text.substr(begin + 2, end - begin - 2));
    const auto definition = definitions.find(name);
    if (definition == definitions.end())
      return fail(ErrorKind::input, "'" + name + "' is not among the definitions above", where);
    result += definition->second;
    text.remove_prefix(end + 1);
  }
  if (result.size() > max_pattern_bytes)
    return fail(ErrorKind::input, "expected a pattern of at most 4096 bytes", where);
  return result;
}

namespace {

constexpr std::size_t max_label_bytes = 200;

/// The names between braces.
std::vector<std::string> groups_of(std::string_view label) {
  std::vector<std::string> groups;
  for (std::size_t open = label.find('{'); open != std::string_view::npos;
       open = label.find('{', open + 1)) {
    const std::size_t close = label.find('}', open);
    if (close == std::string_view::npos)
      break;
    groups.emplace_back(label.substr(open + 1, close - open - 1));
  }
  return groups;
}

bool has_group(const Point &point, const std::string &group) {
  if (point.kind != Point::Kind::match || point.pattern.empty())
    return false;
  const RE2 pattern(point.pattern, pattern_options());
  return pattern.NamedCapturingGroups().count(group) > 0;
}

bool all_have(const std::vector<Point> &points, const std::string &group) {
  return std::all_of(points.begin(), points.end(),
                     [&](const Point &point) { return has_group(point, group); });
}

} // namespace

std::string_view value_of(const Captures &captures, std::string_view group) {
  const auto found = std::find_if(captures.begin(), captures.end(),
                                  [&](const auto &one) { return one.first == group; });
  return found == captures.end() ? std::string_view() : found->second;
}

std::string fill_label(std::string_view label, const Captures &captures) {
  std::string text;
  while (!label.empty()) {
    const std::size_t open = label.find('{');
    text += label.substr(0, open);
    if (open == std::string_view::npos)
      break;
    const std::size_t close = std::min(label.find('}', open), label.size() - 1);
    text += value_of(captures, label.substr(open + 1, close - open - 1));
    label.remove_prefix(close + 1);
  }
  return clean_label(text);
}

std::string clean_label(std::string_view text) {
  std::string clean(text.substr(0, max_label_bytes));
  for (char &byte : clean)
    if (byte < 0x20 || byte > 0x7e)
      byte = '_';
  for (std::size_t at = clean.find(" > "); at != std::string::npos; at = clean.find(" > ", at))
    clean[at + 1] = '_';
  if (clean.empty() || clean == "(other)")
    return "_";
  return clean;
}

std::optional<std::string> label_problem(const Rule &rule) {
  std::vector<std::string> groups = groups_of(rule.label);
  if (groups.empty())
    return "expected the name of a group in braces, as in 'insmod {module}'";
  if (!rule.pair_key.empty())
    groups.push_back(rule.pair_key);
  if (!rule.pair_thread.empty())
    groups.push_back(rule.pair_thread);
  for (const std::string &group : groups)
    if (!all_have(rule.begin, group))
      return "expected a group (?P<" + group + ">…) in every pattern of 'begin'";
  if (!rule.pair_key.empty() && !all_have(rule.end, rule.pair_key))
    return "expected a group (?P<" + rule.pair_key + ">…) in every pattern of 'end'";
  return std::nullopt;
}

} // namespace bootperf
