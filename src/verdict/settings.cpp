#include "verdict/settings.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"

namespace bootperf {

void reject(std::optional<Error> &error, const YamlNode &node, std::string message) {
  if (!error)
    error = Error{ErrorKind::input, std::move(message), node.where};
}

Settings::Settings(const YamlNode &map, std::string what, std::optional<Error> &error)
    : map_(map), what_(std::move(what)), error_(error) {
  if (map.kind != YamlNode::Kind::map)
    reject(error_, map, fmt::format("expected {} (a map), found {}", what_, kind_text(map)));
}

const YamlNode *Settings::find(std::string_view key, bool required) {
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

void Settings::finish() {
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

std::string text_of(const YamlNode &node, std::optional<Error> &error) {
  if (node.kind != YamlNode::Kind::scalar || node.text.empty())
    reject(error, node, fmt::format("expected a text, found {}", kind_text(node)));
  return node.text;
}

double number_of(const YamlNode &node, const NumberFormat &format, std::optional<Error> &error) {
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

std::vector<std::string> texts_of(const YamlNode &node, std::optional<Error> &error) {
  std::vector<std::string> result;
  if (node.kind != YamlNode::Kind::sequence)
    reject(error, node, fmt::format("expected a list, found {}", kind_text(node)));
  else
    for (const YamlNode &item : node.items)
      result.push_back(text_of(item, error));
  return result;
}

} // namespace bootperf
