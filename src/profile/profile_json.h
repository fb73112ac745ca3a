#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "profile/profile.h"

namespace bootperf {

/// A recorded profile (docs/profile.md states the schema).
std::string profile_json(const Profile &profile);

/// The reverse. Strict: what is missing, unknown or points outside of its table is an input error
/// with its line.
Result<Profile> parse_profile(std::string_view json, const std::string &name);

/// A file of at most 1 GiB, as it is or packed by gzip.
Result<Profile> read_profile(const std::filesystem::path &path);

} // namespace bootperf
