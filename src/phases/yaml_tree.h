#pragma once

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

} // namespace bootperf
