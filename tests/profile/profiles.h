#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "profile/profile.h"

namespace bootperf::testing {

/// What a function ran in a phase, in one launch after the other; 0 is no row.
struct Ran {
  std::string phase, object, function;
  std::vector<std::uint64_t> instructions;
};

inline Profile profile_of(const std::vector<Ran> &all) {
  Profile profile;
  std::size_t launches = 0;
  for (const auto &ran : all) {
    launches = std::max(launches, ran.instructions.size());
  }
  for (std::size_t i = 0; i < launches; ++i) {
    for (const auto &ran : all) {
      if (i < ran.instructions.size() && ran.instructions[i] > 0) {
        Profile one;
        one.phases = {ran.phase};
        one.functions = {{ran.object, ran.function}};
        one.launches = {{ran.instructions[i], {{0, 0, ran.instructions[i], 0, 1}}}};
        add_launches(profile, one);
      }
    }
    // All rows of the launch, which came as launches of one row, become one.
    LaunchProfile whole;
    while (profile.launches.size() > i) {
      LaunchProfile &last = profile.launches.back();
      whole.instructions += last.instructions;
      whole.rows.insert(whole.rows.end(), last.rows.begin(), last.rows.end());
      profile.launches.pop_back();
    }
    profile.launches.push_back(std::move(whole));
  }
  return profile;
}

} // namespace bootperf::testing
