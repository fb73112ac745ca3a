#include "base/strict_yaml.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <istream>
#include <set>
#include <streambuf>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "base/text.h"

namespace bootperf {

namespace {

constexpr std::size_t max_bytes = 1024 * 1024;
constexpr std::size_t max_levels = 16;
constexpr std::size_t max_nodes = 100'000;

/// Leaves the parser; never leaves this file.
struct Refused {
  Error error;
};

/// Builds the tree from the parser's events: only these tell of aliases and of keys that come
/// twice, which yaml-cpp's own nodes hide.
class TreeBuilder : public YAML::EventHandler {
public:
  explicit TreeBuilder(std::string name) : name_(std::move(name)) {}

  YamlNode root;
  bool ended = false;

  void OnDocumentStart(const YAML::Mark &) override {}
  void OnDocumentEnd() override { ended = true; }

  void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    close(node(mark, YamlNode::Kind::null));
  }

  void OnAlias(const YAML::Mark &mark, YAML::anchor_t) override {
    refuse(mark, "aliases are not allowed here: write the value out");
  }

  void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                const std::string &value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    YamlNode scalar = node(mark, YamlNode::Kind::scalar);
    scalar.text = value;
    scalar.quoted = tag == "!";
    close(std::move(scalar));
  }

  void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, YamlNode::Kind::sequence);
  }
  void OnSequenceEnd() override { close_level(); }

  void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, YamlNode::Kind::map);
  }
  void OnMapEnd() override { close_level(); }

  Location location(const YAML::Mark &mark) const {
    return {name_, std::max(mark.line, 0) + 1, std::max(mark.column, 0) + 1};
  }

private:
  struct Level {
    YamlNode node;
    std::set<std::string> seen;
  };

  [[noreturn]] void refuse(const YAML::Mark &mark, std::string message) const {
    throw Refused{{ErrorKind::input, std::move(message), location(mark)}};
  }

  void refuse_anchor(const YAML::Mark &mark, YAML::anchor_t anchor) const {
    if (anchor != 0)
      refuse(mark, "anchors are not allowed here: write the value out");
  }

  void refuse_tag(const YAML::Mark &mark, const std::string &tag) const {
    if (!tag.empty() && tag != "?" && tag != "!")
      refuse(mark, "tags are not allowed here");
  }

  YamlNode node(const YAML::Mark &mark, YamlNode::Kind kind) {
    if (++nodes_ > max_nodes)
      refuse(mark, "more than 100000 values; expected a smaller file");
    YamlNode made;
    made.kind = kind;
    made.where = location(mark);
    return made;
  }

  void open(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
            YamlNode::Kind kind) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    if (levels_.size() >= max_levels)
      refuse(mark, "nested more than 16 levels deep");
    levels_.push_back({node(mark, kind), {}});
  }

  void close_level() {
    YamlNode done = std::move(levels_.back().node);
    levels_.pop_back();
    close(std::move(done));
  }

  void close(YamlNode done) {
    if (levels_.empty()) {
      root = std::move(done);
      return;
    }
    Level &level = levels_.back();
    const bool is_key =
        level.node.kind == YamlNode::Kind::map && level.node.keys.size() == level.node.items.size();
    if (is_key) {
      add_key(level, std::move(done));
    } else {
      // yaml-cpp places a missing value where the next thing stands.
      if (done.kind == YamlNode::Kind::null && !level.node.keys.empty())
        done.where = level.node.keys.back().where;
      level.node.items.push_back(std::move(done));
    }
  }

  void add_key(Level &level, YamlNode key) const {
    if (key.kind != YamlNode::Kind::scalar)
      throw Refused{{ErrorKind::input, "expected a word as key", key.where}};
    if (!level.seen.insert(key.text).second)
      throw Refused{{ErrorKind::input, "duplicate key '" + key.text + "'", key.where}};
    level.node.keys.push_back(std::move(key));
  }

  std::string name_;
  std::vector<Level> levels_;
  std::size_t nodes_ = 0;
};

// YAML allows none of them, and yaml-cpp ends its input at some.
bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
}

/// Reads from memory without a copy.
class MemoryBuffer : public std::streambuf {
public:
  explicit MemoryBuffer(std::string text) : text_(std::move(text)) {
    setg(text_.data(), text_.data(), text_.data() + text_.size());
  }

private:
  std::string text_;
};

} // namespace

Result<YamlNode> parse_yaml(std::string_view text, const std::string &name) {
  if (text.size() > max_bytes)
    return fail(ErrorKind::input, "larger than 1 MiB; expected a smaller file", {name, 1, 1});
  if (const auto control = std::ranges::find_if(text, is_control); control != text.end())
    return fail(ErrorKind::input,
                fmt::format("a control byte (0x{:02x}): expected YAML, which is text",
                            static_cast<unsigned char>(*control)),
                location_of(text, static_cast<std::size_t>(control - text.begin()), name));
  MemoryBuffer buffer{std::string(text)};
  std::istream stream(&buffer);
  TreeBuilder builder(name);
  try {
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder))
      return YamlNode{YamlNode::Kind::null, {}, false, {name, 1, 1}, {}, {}};
    YamlNode root = std::move(builder.root);
    if (parser.HandleNextDocument(builder))
      return fail(ErrorKind::input, "expected one YAML document, found a second one",
                  builder.root.where);
    return root;
  } catch (const Refused &refused) {
    return tl::unexpected<Error>(refused.error);
  } catch (const YAML::Exception &error) {
    return fail(ErrorKind::input, "expected YAML: " + error.msg, builder.location(error.mark));
  } catch (const std::exception &error) {
    return fail(ErrorKind::input, std::string("expected YAML: ") + error.what(), {name, 1, 1});
  }
}

std::string_view kind_text(const YamlNode &node) {
  switch (node.kind) {
  case YamlNode::Kind::null:
    return "nothing";
  case YamlNode::Kind::scalar:
    return "a single value";
  case YamlNode::Kind::sequence:
    return "a list";
  case YamlNode::Kind::map:
    return "a mapping";
  }
  return "nothing";
}

void reject(std::optional<Error> &error, const YamlNode &node, std::string message) {
  if (!error)
    error = Error{ErrorKind::input, std::move(message), node.where};
}

YamlMap::YamlMap(const YamlNode &map, std::string what, std::optional<Error> &error)
    : map_(map), what_(std::move(what)), error_(error) {
  if (map.kind != YamlNode::Kind::map)
    reject(error_, map, fmt::format("expected {} (a map), found {}", what_, kind_text(map)));
}

const YamlNode *YamlMap::find(std::string_view key, bool required) {
  known_.emplace(key);
  if (error_)
    return nullptr;
  for (std::size_t i = 0; i < map_.keys.size(); ++i)
    if (map_.keys[i].text == key)
      return &map_.items[i];
  if (required)
    reject(error_, map_, fmt::format("{} needs the key \"{}\"", what_, key));
  return nullptr;
}

void YamlMap::finish() {
  if (error_)
    return;
  for (const YamlNode &key : map_.keys)
    if (!known_.contains(key.text)) {
      const std::vector<std::string> known(known_.begin(), known_.end());
      const std::string near = nearest(key.text, known);
      return reject(error_, key,
                    fmt::format("unknown key \"{}\" in {}; {}expected one of {}", key.text, what_,
                                near.empty() ? "" : fmt::format("did you mean \"{}\"? ", near),
                                fmt::join(known, ", ")));
    }
}

std::string read_text(const YamlNode &node, std::optional<Error> &error) {
  if (node.kind != YamlNode::Kind::scalar || node.text.empty())
    reject(error, node, fmt::format("expected a text, found {}", kind_text(node)));
  return node.text;
}

double read_number(const YamlNode &node, const NumberFormat &format, std::optional<Error> &error) {
  double value = 0;
  const auto refuse = [&] {
    reject(error, node,
           fmt::format("expected {}, found {}", format.expected,
                       node.kind == YamlNode::Kind::scalar ? "\"" + node.text + "\""
                                                           : std::string(kind_text(node))));
    return 0.0;
  };
  if (node.kind != YamlNode::Kind::scalar || node.quoted)
    return refuse();
  const char *const end = node.text.data() + node.text.size();
  const auto [rest, problem] = std::from_chars(node.text.data(), end, value);
  if (problem != std::errc() || !std::isfinite(value))
    return refuse();
  std::string_view unit(rest, static_cast<std::size_t>(end - rest));
  unit.remove_prefix(std::min(unit.find_first_not_of(' '), unit.size()));
  if (!unit.empty()) {
    const std::optional<double> factor = format.unit ? format.unit(unit) : std::nullopt;
    if (!factor)
      return refuse();
    value *= *factor;
  }
  if (!(value >= format.least && value <= format.most))
    return refuse();
  return value;
}

std::vector<std::string> read_text_list(const YamlNode &node, std::optional<Error> &error) {
  std::vector<std::string> result;
  if (node.kind != YamlNode::Kind::sequence)
    reject(error, node, fmt::format("expected a list, found {}", kind_text(node)));
  else
    for (const YamlNode &item : node.items)
      result.push_back(read_text(item, error));
  return result;
}

std::vector<std::string> read_some_texts(const YamlNode &node, const char *what,
                                         std::optional<Error> &error) {
  std::vector<std::string> texts = read_text_list(node, error);
  if (texts.empty())
    reject(error, node, std::string("expected at least one ") + what);
  return texts;
}

} // namespace bootperf
