#pragma once

// A copy of what libguestfs makes its appliance from (supermin.d), changed.

#include <filesystem>
#include <map>
#include <string>

#include "base/error.h"
#include "whatif/lever.h"

namespace bootperf {

/// Copies the supermin.d that an environment leads to into a directory, for LIBGUESTFS_PATH, and
/// makes the changes to /init and to its list of packages in the copy. An error of kind
/// not_measured says what cannot be done: there is none, its /init is another one, it has no such
/// package.
Result<void> copy_appliance(const std::map<std::string, std::string> &environment,
                            const std::filesystem::path &to, const LeverChanges &changes);

} // namespace bootperf
