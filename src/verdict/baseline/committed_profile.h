#pragma once

// The profile that is committed beside a baseline: which function ran how much before.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "profile/profile.h"
#include "verdict/baseline/baseline.h"
#include "verdict/policy/policy.h"

namespace bootperf {

/// What is longer is not read, and not written either.
inline constexpr std::size_t max_committed_profile_bytes = 200'000;

/// "thresholds/x.profile.json" for "thresholds/x.instructions.yaml".
std::string profile_file_of(const std::string &baseline_file);

/// A profile as it is committed: its longest functions by phase, in text that Git can compare, and
/// of its environment what tells its class, its versions and its date. Not measured when the
/// profile holds no launch.
Result<std::string> committed_form(const Profile &profile);

/// The baseline of instructions of the class in which a profile was made: the one that it is
/// committed beside. An input error when there is none, or more than one.
Result<Baseline> baseline_of(const Profile &profile, const std::vector<Baseline> &baselines,
                             const Policy &policy);

/// By how much the launch of a profile differs from the mean of the baseline's, as a share: 0.01 is
/// 1 % more or less. 0 when the baseline does not measure it.
double launch_difference(const Profile &profile, const Baseline &baseline);

/// Past it a profile is of another build than the baseline, and would name the wrong functions.
inline constexpr double most_launch_difference = 0.005;

/// What is committed beside a baseline of this file and class; none when nothing is. An input error
/// when it cannot be read, or was made in another class.
Result<std::optional<Profile>> committed_profile(const Baseline &baseline, const Policy &policy);

} // namespace bootperf
