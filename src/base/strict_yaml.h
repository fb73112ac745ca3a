#pragma once

// The YAML files that people and the tool write (rules, policy, baselines), read strictly: what is
// not understood is refused with its place, never passed over.

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace bootperf {

/// A YAML document as plain data in which every node knows its place. Only what a file of settings
/// needs: no anchors, no aliases, no tags, no keys that are not text, no key twice.
struct YamlNode {
  enum class Kind { null, scalar, sequence, map };

  Kind kind = Kind::null;
  std::string text;    ///< of a scalar
  bool quoted = false; ///< a scalar in quotes is text, whatever it looks like
  Location where;
  std::vector<YamlNode> keys;  ///< of a map; keys[i] belongs to items[i]
  std::vector<YamlNode> items; ///< of a map or a sequence
};

/// Parses one document. Bounded: 1 MiB, 16 levels, 100,000 nodes. What is beyond that, or no YAML,
/// is an input error with file, line and column.
Result<YamlNode> parse_yaml(std::string_view text, const std::string &name);

/// What kind of thing a node is, for messages: "a list".
std::string_view kind_text(const YamlNode &node);

/// Reads the keys of one YAML map, each once. The first thing that is wrong, here or in any reader
/// that shares the error, is kept with its place and what comes after it is passed over.
class YamlMap {
public:
  /// `what` names the map in messages: "a gate".
  YamlMap(const YamlNode &map, std::string what, std::optional<Error> &error);

  /// The node of a key, or null when it is absent. A required key that is absent is an error at the
  /// map's place.
  const YamlNode *find(std::string_view key, bool required = false);
  /// Rejects keys that nobody asked for.
  void finish();

private:
  const YamlNode &map_;
  std::string what_;
  std::optional<Error> &error_;
  std::set<std::string, std::less<>> known_;
};

/// Keeps the first error.
void reject(std::optional<Error> &error, const YamlNode &node, std::string message);

/// A text of at least one byte; numbers are text too.
std::string read_text(const YamlNode &node, std::optional<Error> &error);

/// A finite number of at least `least`; "1.5 %" where percent is allowed, and with one of the units
/// after it, which multiplies it. `expected` says all that in the message.
struct NumberFormat {
  std::string expected;
  double least = 0;
  double most = 1e300;
  std::function<std::optional<double>(std::string_view unit)> unit = {};
};
double read_number(const YamlNode &node, const NumberFormat &format, std::optional<Error> &error);

/// A list of texts.
std::vector<std::string> read_text_list(const YamlNode &node, std::optional<Error> &error);

/// The same where an empty list makes no sense; `what` is one of them: "argument".
std::vector<std::string> read_some_texts(const YamlNode &node, const char *what,
                                         std::optional<Error> &error);

/// Every element of a list by a reader of its own; an empty list is an error. `expected` says what
/// it is a list of: "a list of levers".
template <class T, class Reader>
std::vector<T> read_each(const YamlNode &node, std::optional<Error> &error, const char *expected,
                         Reader reader) {
  std::vector<T> all;
  if (node.kind != YamlNode::Kind::sequence || node.items.empty())
    reject(error, node, std::string("expected ") + expected);
  else
    for (const YamlNode &item : node.items)
      all.push_back(reader(item, error));
  return all;
}

} // namespace bootperf
