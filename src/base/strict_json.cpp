#include "base/strict_json.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace bootperf {

namespace {

using JsonKind = JsonValue::Kind;

constexpr std::size_t max_json_depth = 32;
constexpr std::size_t max_json_values =
    16'000'000; // a dense session of the largest size has 13 million
constexpr std::size_t max_json_bytes = std::size_t{1} << 30;

} // namespace

/// A string: where it stands in the text or, when it has escapes, in what they stand for.
struct JsonSlice {
  std::uint32_t begin : 31;
  std::uint32_t unescaped : 1;
  std::uint32_t size;
};

/// A value, followed by those in it.
struct JsonNode {
  JsonKind kind = JsonKind::null;
  std::uint32_t begin = 0;    ///< in the text; of a member where its key begins
  std::uint32_t span = 1;     ///< nodes that it takes, itself and all in it
  std::uint32_t children = 0; ///< elements or members
  JsonSlice key = {};
  union {
    std::uint64_t whole = 0;
    double real;
    JsonSlice text;
  };
};
static_assert(sizeof(JsonNode) == 32);

struct JsonTree {
  std::string_view text;
  std::string name;
  std::deque<JsonNode> nodes; ///< grows without being copied
  std::string unescaped;      ///< what strings with escapes stand for, one after the other

  std::string_view view(const JsonSlice &slice) const {
    return (slice.unescaped ? std::string_view(unescaped) : text).substr(slice.begin, slice.size);
  }

  Location location(std::size_t offset) const { return location_of(text, offset, name); }

  /// "/launches/0/ok"
  std::string path(std::uint32_t index) const {
    std::string path;
    std::uint32_t at = 0;
    while (at != index) {
      const bool object = nodes[at].kind == JsonKind::object;
      std::uint32_t child = at + 1;
      std::size_t number = 0;
      while (child + nodes[child].span <= index) {
        child += nodes[child].span;
        ++number;
      }
      path += '/';
      path += object ? std::string(view(nodes[child].key)) : std::to_string(number);
      at = child;
    }
    return path;
  }
};

namespace {

/// Hands nlohmann's lexer a byte at a time and keeps how far it has come, which it tells nobody.
class JsonCursor {
public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char *;
  using reference = const char &;

  JsonCursor(const char *at, const char **reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  JsonCursor &operator++() {
    *reached_ = ++at_;
    return *this;
  }
  JsonCursor operator++(int) {
    const JsonCursor before = *this;
    ++*this;
    return before;
  }
  bool operator==(const JsonCursor &other) const { return at_ == other.at_; }
  bool operator!=(const JsonCursor &other) const { return at_ != other.at_; }

private:
  const char *at_;
  const char **reached_;
};

/// Builds the tree from nlohmann's events, and stops it where a bound is passed.
class JsonTreeBuilder : public nlohmann::json_sax<nlohmann::json> {
public:
  JsonTreeBuilder(JsonTree &tree, const char *const &reached)
      : tree_(tree), reached_(reached), after_last_(reached) {}

  std::optional<Error> error;

  bool null() override { return add(JsonKind::null) != nullptr; }
  bool boolean(bool value) override { return add_whole(JsonKind::boolean, value ? 1 : 0); }
  bool number_integer(number_integer_t value) override {
    return add_real(JsonKind::negative, static_cast<double>(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return add_whole(JsonKind::whole, value);
  }
  bool number_float(number_float_t value, const string_t &) override {
    return add_real(JsonKind::real, value);
  }
  bool string(string_t &value) override {
    const std::size_t begin = next_token();
    JsonNode *node = add(JsonKind::string);
    if (node != nullptr)
      node->text = slice(value, begin);
    return node != nullptr;
  }
  bool binary(binary_t &) override { return false; }

  bool start_object(std::size_t) override { return open(JsonKind::object); }
  bool key(string_t &value) override {
    key_begin_ = next_token();
    key_ = slice(value, key_begin_);
    after_last_ = reached_;
    return true;
  }
  bool end_object() override { return refuse_duplicates(open_.back()) && close(); }
  bool start_array(std::size_t) override { return open(JsonKind::array); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t position, const std::string &,
                   const nlohmann::json::exception &what) override {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error …"
    std::string message = what.what();
    message.erase(0, std::min(message.find("] "), message.size() - 2) + 2);
    const bool syntax = message.starts_with("parse error");
    if (const std::size_t colon = message.find(": "); syntax && colon != std::string::npos)
      message.erase(0, colon + 2);
    return refuse(syntax ? std::max<std::size_t>(position, 1) - 1 : next_token(),
                  "not valid JSON: " + message);
  }

private:
  bool refuse(std::size_t offset, std::string message) {
    error = Error{ErrorKind::input, std::move(message), tree_.location(offset)};
    return false;
  }

  /// Where the token begins that was read last: behind the one before it and what separates them.
  std::size_t next_token() const {
    const std::size_t after = static_cast<std::size_t>(after_last_ - tree_.text.data());
    return std::min(tree_.text.find_first_not_of(" \t\r\n,:", after), tree_.text.size());
  }

  JsonSlice slice(const std::string &value, std::size_t quote) {
    JsonSlice made = {};
    made.size = static_cast<std::uint32_t>(value.size());
    const std::size_t end = quote + 1 + value.size();
    const bool plain = end < tree_.text.size() && tree_.text[end] == '"' &&
                       tree_.text.substr(quote + 1, value.size()) == value;
    made.unescaped = plain ? 0 : 1;
    made.begin = static_cast<std::uint32_t>(plain ? quote + 1 : tree_.unescaped.size()) & max_begin;
    if (!plain)
      tree_.unescaped += value;
    return made;
  }

  JsonNode *add(JsonKind kind) {
    const bool container = kind == JsonKind::array || kind == JsonKind::object;
    const std::size_t begin =
        container ? static_cast<std::size_t>(reached_ - tree_.text.data()) - 1 : next_token();
    after_last_ = reached_;
    if (tree_.nodes.size() >= max_json_values) {
      refuse(begin, fmt::format("more than {} values: expected a smaller file", max_json_values));
      return nullptr;
    }
    JsonNode &node = tree_.nodes.emplace_back();
    node.kind = kind;
    node.begin = static_cast<std::uint32_t>(begin);
    if (!open_.empty()) {
      JsonNode &parent = tree_.nodes[open_.back()];
      ++parent.children;
      if (parent.kind == JsonKind::object) {
        node.key = key_;
        node.begin = static_cast<std::uint32_t>(key_begin_);
      }
    }
    return &node;
  }

  bool add_whole(JsonKind kind, std::uint64_t value) {
    JsonNode *node = add(kind);
    if (node != nullptr)
      node->whole = value;
    return node != nullptr;
  }

  bool add_real(JsonKind kind, double value) {
    JsonNode *node = add(kind);
    if (node != nullptr)
      node->real = value;
    return node != nullptr;
  }

  bool open(JsonKind kind) {
    if (open_.size() >= max_json_depth)
      return refuse(static_cast<std::size_t>(reached_ - tree_.text.data()) - 1,
                    fmt::format("nested more than {} levels deep", max_json_depth));
    if (add(kind) == nullptr)
      return false;
    open_.push_back(static_cast<std::uint32_t>(tree_.nodes.size() - 1));
    return true;
  }

  bool close() {
    tree_.nodes[open_.back()].span = static_cast<std::uint32_t>(tree_.nodes.size() - open_.back());
    open_.pop_back();
    after_last_ = reached_;
    return true;
  }

  bool refuse_duplicates(std::uint32_t object) {
    members_.clear();
    for (std::uint32_t at = object + 1; at < tree_.nodes.size(); at += tree_.nodes[at].span)
      members_.emplace_back(tree_.view(tree_.nodes[at].key), at);
    std::ranges::sort(members_);
    const auto same = std::ranges::adjacent_find(
        members_, [](const auto &one, const auto &next) { return one.first == next.first; });
    if (same == members_.end())
      return true;
    return refuse(tree_.nodes[std::next(same)->second].begin,
                  fmt::format("duplicate key \"{}\"", same->first));
  }

  static constexpr std::uint32_t max_begin = 0x7fff'ffff;

  JsonTree &tree_;
  const char *const &reached_; ///< behind the last byte that the lexer took
  const char *after_last_;     ///< behind the token before the last
  std::vector<std::uint32_t> open_;
  JsonSlice key_ = {};
  std::size_t key_begin_ = 0;
  std::vector<std::pair<std::string_view, std::uint32_t>> members_;
};

} // namespace

Result<JsonDocument> parse_json(std::string_view text, const std::string &name) {
  auto tree = std::make_unique<JsonTree>();
  tree->text = text;
  tree->name = name;
  if (text.size() > max_json_bytes)
    return fail(ErrorKind::input, "larger than 1 GiB: expected a smaller file", {name, 1, 1});
  // nlohmann takes a NUL for the end of the text.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
    return fail(ErrorKind::input, "not valid JSON: a NUL byte", tree->location(nul));
  const char *const first = text.data();
  const char *reached = first;
  JsonTreeBuilder builder(*tree, reached);
  const bool whole = nlohmann::json::sax_parse(JsonCursor(first, &reached),
                                               JsonCursor(first + text.size(), &reached), &builder);
  if (builder.error)
    return tl::unexpected(*builder.error);
  if (!whole || tree->nodes.empty())
    return fail(ErrorKind::input, "not valid JSON", {name, 1, 1});
  return JsonDocument(std::move(tree));
}

JsonDocument::JsonDocument(std::unique_ptr<JsonTree> tree) : tree_(std::move(tree)) {}
JsonDocument::JsonDocument(JsonDocument &&) noexcept = default;
JsonDocument &JsonDocument::operator=(JsonDocument &&) noexcept = default;
JsonDocument::~JsonDocument() = default;

JsonValue JsonDocument::root() const {
  return {tree_.get(), 0};
}

Error JsonDocument::error(const JsonProblem &problem) const {
  std::string path = tree_->path(problem.at.index_);
  if (!problem.key.empty())
    path += "/" + problem.key;
  return {ErrorKind::input, fmt::format("{}: {}", path.empty() ? "/" : path, problem.message),
          tree_->location(tree_->nodes[problem.at.index_].begin)};
}

JsonValue::Kind JsonValue::kind() const {
  return tree_->nodes[index_].kind;
}

bool JsonValue::boolean() const {
  return tree_->nodes[index_].whole != 0;
}

std::uint64_t JsonValue::whole() const {
  return tree_->nodes[index_].whole;
}

double JsonValue::number() const {
  const JsonNode &node = tree_->nodes[index_];
  return node.kind == JsonKind::whole ? static_cast<double>(node.whole) : node.real;
}

std::string_view JsonValue::text() const {
  return tree_->view(tree_->nodes[index_].text);
}

std::string_view JsonValue::key() const {
  return tree_->view(tree_->nodes[index_].key);
}

std::size_t JsonValue::size() const {
  return tree_->nodes[index_].children;
}

std::optional<JsonValue> JsonValue::find(std::string_view key) const {
  for (const JsonValue member : *this)
    if (member.key() == key)
      return member;
  return std::nullopt;
}

JsonValue JsonValue::Iterator::operator*() const {
  return {tree_, index_};
}

JsonValue::Iterator &JsonValue::Iterator::operator++() {
  index_ += tree_->nodes[index_].span;
  return *this;
}

JsonValue::Iterator JsonValue::begin() const {
  return {tree_, index_ + 1};
}

JsonValue::Iterator JsonValue::end() const {
  return {tree_, index_ + tree_->nodes[index_].span};
}

} // namespace bootperf
