#pragma once

#include <string>
#include <string_view>

namespace bootperf {

/// How scenarios are called: "Launch/", the mode, and what else tells them apart, as in
/// "Launch/counted/network" or "Launch/quiet/smp:2/memsize:1280".
inline constexpr std::string_view scenario_prefix = "Launch/";

/// Whether a scenario may be called so. Such a name means nothing but itself in a regular
/// expression.
bool is_scenario_name(std::string_view name);

/// Whether a scenario boots the appliance, as it is, with a lever ("WhatIf/q35") or many at once
/// ("Capacity/threads:4"): every other one boots a guest of its name.
bool boots_appliance(std::string_view scenario);

/// "Launch/counted/network" → "counted"; "" of what is no such name.
std::string mode_of_scenario(std::string_view name);

/// What tells it from the others of its mode, as it may stand in a file's name:
/// "Launch/counted/network" → "network", "Launch/quiet/smp:2/memsize:1280" → "smp-2-memsize-1280";
/// "" of "Launch/counted" and of what is no such name.
std::string variant_of_scenario(std::string_view name);

} // namespace bootperf
