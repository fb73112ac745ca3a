#include "session/scenario_name.h"

#include <algorithm>
#include <array>

namespace bootperf {

bool is_scenario_name(std::string_view name) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789/:";
  return name.starts_with(scenario_prefix) && name.size() > scenario_prefix.size() &&
         name.find_first_not_of(allowed, scenario_prefix.size()) == std::string_view::npos;
}

bool boots_appliance(std::string_view scenario) {
  constexpr std::array first_words = {scenario_prefix, std::string_view("WhatIf/"),
                                      std::string_view("Capacity/")};
  return std::ranges::any_of(first_words,
                             [&](std::string_view word) { return scenario.starts_with(word); });
}

std::string mode_of_scenario(std::string_view name) {
  if (!is_scenario_name(name))
    return "";
  name.remove_prefix(scenario_prefix.size());
  return std::string(name.substr(0, name.find('/')));
}

std::string variant_of_scenario(std::string_view name) {
  const std::size_t mode_ends = name.find('/', scenario_prefix.size());
  if (!is_scenario_name(name) || mode_ends == std::string_view::npos)
    return "";
  std::string variant(name.substr(mode_ends + 1));
  std::ranges::replace_if(variant, [](char byte) { return byte == '/' || byte == ':'; }, '-');
  return variant;
}

} // namespace bootperf
