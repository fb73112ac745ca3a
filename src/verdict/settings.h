#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "phases/yaml_tree.h"

namespace bootperf {

/// Reads the keys of one YAML map, each once. The first thing that is wrong,
/// here or in any reader that shares the error, is kept with its place and what
/// comes after it is passed over.
class Settings {
public:
  /// `what` names the map in messages: "a gate".
  Settings(const YamlNode &map, std::string what, std::optional<Error> &error);

  /// The node of a key, or null when it is absent. A required key that is
  /// absent is an error at the map's place.
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
std::string text_of(const YamlNode &node, std::optional<Error> &error);

/// A finite number of at least `least`; "1.5 %" where percent is allowed, and
/// with one of the units after it, which multiplies it. `expected` says all
/// that in the message.
struct NumberFormat {
  std::string expected;
  double least = 0;
  double most = 1e300;
  std::function<std::optional<double>(std::string_view unit)> unit = {};
};
double number_of(const YamlNode &node, const NumberFormat &format, std::optional<Error> &error);

/// A list of texts.
std::vector<std::string> texts_of(const YamlNode &node, std::optional<Error> &error);

} // namespace bootperf
