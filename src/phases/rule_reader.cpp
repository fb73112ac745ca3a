#include "phases/rule.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <utility>

#include "base/strict_yaml.h"
#include "base/text.h"
#include "phases/pattern.h"

namespace bootperf {

namespace {

constexpr std::size_t max_rules = 500;
constexpr std::size_t max_name_bytes = 100;

std::string joined(const std::vector<std::string> &words) {
  std::string text;
  for (const std::string &word : words)
    text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// Walks the tree. The first error is kept, and what is read after it does not matter.
class RuleReader {
public:
  Result<RuleSet> read(const YamlNode &root) {
    std::vector<std::string> keys = {"rules", "definitions", "phases"};
    if (!is(root, YamlNode::Kind::map, "a mapping with 'rules: 1' and 'phases'"))
      return tl::unexpected<Error>(*error_);
    only(root, keys);
    const YamlNode *version = required(root, "rules");
    if (version && (version->text != "1" || version->quoted))
      refuse(version->where, "expected 1, the version of this schema");
    if (const YamlNode *node = find(root, "definitions"))
      read_definitions(*node);
    if (const YamlNode *node = required(root, "phases"))
      read_phases(*node);
    if (!error_)
      return order_rules(std::move(rules_));
    return tl::unexpected<Error>(*error_);
  }

private:
  void refuse(const Location &where, std::string message) {
    if (!error_)
      error_ = Error{ErrorKind::input, std::move(message), where};
  }

  bool is(const YamlNode &node, YamlNode::Kind kind, std::string_view expected) {
    if (node.kind == kind)
      return true;
    refuse(node.where,
           "expected " + std::string(expected) + ", found " + std::string(kind_text(node)));
    return false;
  }

  const YamlNode *find(const YamlNode &map, std::string_view key) const {
    for (std::size_t i = 0; i < map.keys.size() && i < map.items.size(); ++i)
      if (map.keys[i].text == key)
        return &map.items[i];
    return nullptr;
  }

  const YamlNode *required(const YamlNode &map, std::string_view key) {
    const YamlNode *node = find(map, key);
    if (!node)
      refuse(map.where, "expected a key '" + std::string(key) + "' here");
    return node;
  }

  void only(const YamlNode &map, const std::vector<std::string> &known) {
    for (const YamlNode &key : map.keys) {
      if (std::find(known.begin(), known.end(), key.text) != known.end())
        continue;
      const std::string near = nearest(key.text, known);
      refuse(key.where, "unknown key '" + key.text + "'; " +
                            (near.empty() ? "expected one of " + joined(known)
                                          : "did you mean '" + near + "'?"));
    }
  }

  std::string text(const YamlNode &node, std::string_view expected) {
    if (!is(node, YamlNode::Kind::scalar, expected))
      return {};
    if (node.text.empty())
      refuse(node.where, "expected " + std::string(expected) + ", found an empty text");
    return node.text;
  }

  /// A value or a list of values; either way the function is called for each.
  template <class Function>
  void each(const YamlNode &node, Function function) {
    if (node.kind != YamlNode::Kind::sequence)
      return function(node);
    if (node.items.empty())
      refuse(node.where, "expected at least one value in this list");
    for (const YamlNode &item : node.items)
      function(item);
  }

  void read_definitions(const YamlNode &node) {
    if (!is(node, YamlNode::Kind::map, "a mapping of names to patterns"))
      return;
    for (std::size_t i = 0; i < node.items.size(); ++i)
      if (const auto value = pattern(node.items[i]))
        definitions_[node.keys[i].text] = *value;
  }

  std::optional<std::string> pattern(const YamlNode &node) {
    const auto expanded =
        expand_definitions(text(node, "a regular expression"), definitions_, node.where);
    if (!expanded) {
      refuse(expanded.error().where, expanded.error().message);
      return std::nullopt;
    }
    if (const auto compiled = compile_pattern(*expanded, node.where); !compiled) {
      refuse(compiled.error().where, compiled.error().message);
      return std::nullopt;
    }
    return *expanded;
  }

  void read_phases(const YamlNode &node) {
    if (!is(node, YamlNode::Kind::sequence, "a list of phases"))
      return;
    if (node.items.empty() || node.items.size() > max_rules)
      return refuse(node.where, "expected at least one phase and at most 500");
    // Phases may refer to later ones: all names first.
    for (const YamlNode &item : node.items)
      read_name(item);
    if (error_)
      return;
    for (std::size_t i = 0; i < node.items.size(); ++i)
      read_rule(node.items[i], rules_[i]);
  }

  void read_name(const YamlNode &item) {
    if (!is(item, YamlNode::Kind::map, "a mapping with a 'name'"))
      return;
    const YamlNode *name = required(item, "name");
    if (!name)
      return;
    Rule rule;
    rule.name = text(*name, "a phase's name");
    rule.where = name->where;
    if (rule.name.size() > max_name_bytes || rule.name != clean_label(rule.name))
      refuse(name->where, "expected a name of at most 100 printable ASCII characters, without ' > '"
                          " and other than (other)");
    if (!by_name_.emplace(rule.name, rules_.size()).second)
      refuse(name->where, "duplicate phase '" + rule.name + "'");
    rules_.push_back(std::move(rule));
  }

  std::optional<std::size_t> phase(const YamlNode &node) {
    const std::string name = text(node, "a phase's name");
    const auto found = by_name_.find(name);
    if (found != by_name_.end())
      return found->second;
    std::vector<std::string> names;
    for (const auto &[known, index] : by_name_)
      names.push_back(known);
    const std::string near = nearest(name, names);
    refuse(node.where,
           "unknown phase '" + name + "'" + (near.empty() ? "" : "; did you mean '" + near + "'?"));
    return std::nullopt;
  }

  void read_rule(const YamlNode &node, Rule &rule) {
    only(node, {"name", "parent", "begin", "without_begin", "end", "cut_by", "optional", "repeat",
                "pair", "when"});
    if (const YamlNode *parent = find(node, "parent"))
      each(*parent, [&](const YamlNode &item) {
        if (const auto index = phase(item))
          rule.parents.push_back(*index);
      });
    else if (node.keys.size() > 1)
      refuse(node.where, "expected a 'parent'; only the root has none, and it has only a name");
    if (rule.parents.empty())
      return;
    read_points(required(node, "begin"), rule.begin);
    if (const YamlNode *without_begin = find(node, "without_begin"))
      read_points(without_begin, rule.without_begin);
    read_points(required(node, "end"), rule.end);
    if (const YamlNode *cut_by = find(node, "cut_by"))
      read_points(cut_by, rule.cut_by);
    if (const YamlNode *optional = find(node, "optional"))
      read_optional(*optional, rule);
    if (const YamlNode *when = find(node, "when"))
      rule.when = condition(*when);
    if (const YamlNode *repeat = find(node, "repeat"))
      rule.label = text(*repeat, "a name such as 'insmod {module}'");
    if (const YamlNode *pair = find(node, "pair"))
      read_pair(*pair, rule);
    if (rule.repeats() && !error_)
      if (const auto problem = label_problem(rule))
        refuse(find(node, "repeat")->where, *problem);
  }

  void read_optional(const YamlNode &node, Rule &rule) {
    if (node.kind == YamlNode::Kind::map)
      rule.optional_when = condition(node);
    else if (node.kind == YamlNode::Kind::scalar && !node.quoted &&
             (node.text == "true" || node.text == "false"))
      rule.optional = node.text == "true";
    else
      refuse(node.where, "expected true, false, or a condition under which it is optional");
  }

  void read_pair(const YamlNode &node, Rule &rule) {
    if (!rule.repeats())
      return refuse(node.where, "expected 'pair' only beside 'repeat'");
    std::vector<std::string> groups;
    each(node, [&](const YamlNode &item) { groups.push_back(text(item, "a group's name")); });
    if (groups.size() > 2)
      return refuse(
          node.where,
          "expected at most two groups: one that pairs ends with beginnings, and the thread");
    rule.pair_key = groups.front();
    rule.pair_thread = groups.size() > 1 ? groups.back() : "";
  }

  void read_points(const YamlNode *node, std::vector<Point> &points) {
    if (node)
      each(*node, [&](const YamlNode &item) { points.push_back(point(item)); });
  }

  Point point(const YamlNode &node) {
    constexpr std::string_view expected =
        "'start', 'end', 'next line', or a mapping with 'source', 'begin_of' or 'end_of'";
    Point result;
    result.where = node.where;
    if (node.kind == YamlNode::Kind::scalar) {
      if (node.text == "start")
        result.kind = Point::Kind::start;
      else if (node.text == "end")
        result.kind = Point::Kind::end;
      else if (node.text == "next line")
        result.kind = Point::Kind::next_line;
      else
        refuse(node.where, "expected " + std::string(expected) + ", found '" + node.text + "'");
      return result;
    }
    if (!is(node, YamlNode::Kind::map, expected))
      return result;
    only(node, {"source", "match", "begin_of", "end_of", "when"});
    const YamlNode *source = find(node, "source");
    const YamlNode *begin_of = find(node, "begin_of");
    const YamlNode *end_of = find(node, "end_of");
    const YamlNode *match = find(node, "match");
    if ((source != nullptr) + (begin_of != nullptr) + (end_of != nullptr) != 1)
      refuse(node.where, "expected exactly one of 'source', 'begin_of', 'end_of'");
    if (match && !source)
      refuse(match->where, "expected 'match' only beside 'source'");
    if (source)
      result.source = source_of(*source);
    if (match)
      result.pattern = pattern(*match).value_or("");
    if (const YamlNode *other = begin_of ? begin_of : end_of) {
      result.kind = begin_of ? Point::Kind::begin_of : Point::Kind::end_of;
      result.phase = phase(*other).value_or(0);
    }
    if (const YamlNode *when = find(node, "when"))
      result.when = condition(*when);
    return result;
  }

  Source source_of(const YamlNode &node) {
    const std::string name = text(node, "a kind of event");
    const auto source = source_from_text(name);
    if (!source)
      refuse(node.where, "unknown source '" + name +
                             "'; expected appliance, library, enter, "
                             "trace, launch_done, close, subprocess_quit, progress, warning");
    return source.value_or(Source::appliance);
  }

  Condition condition(const YamlNode &node) {
    Condition result;
    if (!is(node, YamlNode::Kind::map,
            "a mapping of mode, arch, backend, accel, excerpt, libguestfs"))
      return result;
    only(node, {"mode", "arch", "backend", "accel", "excerpt", "guest", "libguestfs"});
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      if (node.keys[i].text == "libguestfs")
        result.libguestfs = version_range(node.items[i]);
      else
        each(node.items[i], [&](const YamlNode &item) {
          std::string value = text(item, "a word, or '!word' for any but it");
          const bool excluded = value.substr(0, 1) == "!";
          result.values[node.keys[i].text].push_back(
              {excluded ? value.substr(1) : value, excluded});
        });
    }
    return result;
  }

  std::vector<VersionBound> version_range(const YamlNode &node) {
    constexpr std::string_view expected = "a range of versions such as '>=1.50 <1.57.3'";
    const auto bounds = parse_version_range(text(node, expected));
    if (!bounds)
      refuse(node.where, "expected " + std::string(expected));
    return bounds.value_or(std::vector<VersionBound>{});
  }

  std::optional<Error> error_;
  std::map<std::string, std::string> definitions_;
  std::map<std::string, std::size_t> by_name_;
  std::vector<Rule> rules_;
};

} // namespace

Result<RuleSet> read_rules(std::string_view yaml, const std::string &name) {
  const auto root = parse_yaml(yaml, name);
  if (!root)
    return tl::unexpected<Error>(root.error());
  return RuleReader().read(*root);
}

} // namespace bootperf
