#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/error.h"

namespace bootperf {

/// A subject's environment with a cache directory of its own, so that base and head never share or
/// rebuild each other's appliance: LIBGUESTFS_CACHEDIR as given, else a directory beside the one
/// that libguestfs would use, kept for the next time. It is made if it is missing; an error when it
/// cannot be, or belongs to somebody else.
Result<std::map<std::string, std::string>>
with_own_cache(const std::string &role, std::map<std::string, std::string> environment);

} // namespace bootperf
