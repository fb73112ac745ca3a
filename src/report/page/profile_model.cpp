#include "report/page/session_model.h"

#include <cmath>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/profile/formats.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_name = 160; ///< bytes; those of templates are longer than any page

std::string shown_name(const std::string &name) {
  const std::string_view start = beginning(name, longest_name);
  return printable(start) + (start.size() < name.size() ? "…" : "");
}

std::string name_of_node(const ProfileNode &node) {
  switch (node.part) {
  case ProfilePart::phase:
    return shown_name(phase_name(node.name, file_style));
  case ProfilePart::object:
    return shown_name(short_object(node.name));
  case ProfilePart::function:
    break;
  }
  return shown_name(node.name);
}

/// The texts that several nodes have in common, by index.
class TextTable {
public:
  std::size_t of(const std::string &text) {
    const auto [entry, is_new] = index_.emplace(text, texts_.size());
    if (is_new)
      texts_.push_back(text);
    return entry->second;
  }
  Json json() const { return texts_; }

private:
  std::map<std::string, std::size_t> index_;
  Json texts_ = Json::array();
};

std::string profile_sentence(const ShownProfile &shown) {
  const ProfileTree &tree = shown.tree;
  if (!tree.compares)
    return fmt::format("{} instructions of work in a launch, by the profile {}.",
                       count_text(tree.head), printable(shown.head));
  const std::string varies =
      tree.knows_noise ? fmt::format("launches of one side differ by {}",
                                     count_text(tree.nodes.empty() ? 0 : tree.nodes[0].noise))
                       : "one launch of a side says nothing of how far they vary";
  return fmt::format(
      "{} instructions of work in a launch by the profile {}, {} by {}: {} ({}); {}.",
      count_text(tree.base), printable(shown.base), count_text(tree.head), printable(shown.head),
      signed_count_text(tree.head - tree.base, file_style),
      change_text(tree.head / tree.base, file_style), varies);
}

} // namespace

Json profile_model(const ShownProfile &shown) {
  const ProfileTree &tree = shown.tree;
  TextTable texts;
  Json nodes = Json::array(), phases = Json::array();
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
    const ProfileNode &node = tree.nodes[i];
    Json json = {node.parent ? Json(*node.parent) : Json(-1), static_cast<int>(node.part),
                 texts.of(name_of_node(node)), std::llround(node.head)};
    if (tree.compares) {
      json.push_back(std::llround(node.base));
      json.push_back(std::llround(node.noise));
    }
    nodes.push_back(std::move(json));
    if (node.part == ProfilePart::phase)
      phases.push_back({i, shown_name(node.name), shown_name(short_phase(node.name, file_style))});
  }
  Json json = {{"sentence", profile_sentence(shown)},
               {"compares", tree.compares},
               {"knows_noise", tree.knows_noise},
               {"added_up", tree.added_up}};
  json["texts"] = texts.json();
  json["phases"] = std::move(phases);
  json["nodes"] = std::move(nodes);
  return json;
}

} // namespace bootperf
