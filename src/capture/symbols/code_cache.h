#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "capture/symbols/appliance_code.h"

namespace bootperf {

/// Keeps what an appliance said of its code, so that one launch a kernel build is enough. What it
/// said holds as long as kernel and initrd, with the modules in it, are the same bytes, and the
/// kernel gets the same arguments: nothing in a counted launch is put at a random address.

/// What it depends on: contents of the appliance's kernel and of the files in its initrd, and the
/// arguments, whatever decides beside them which modules lie where. Hexadecimal digits. An error
/// when the appliance is not there.
Result<std::string> code_key(const std::filesystem::path &appliance, const std::string &arguments);

/// Where it may lie: in the user's cache directory ($XDG_CACHE_HOME, $HOME/.cache), which the
/// appliances of several subjects share, or beside the appliance where that cannot be written.
std::vector<std::filesystem::path>
code_directories(const std::filesystem::path &appliance,
                 const std::map<std::string, std::string> &environment);

/// What was kept under the key. None when nothing was, or when it is damaged.
std::optional<ApplianceCode> cached_code(const std::vector<std::filesystem::path> &directories,
                                         const std::string &key);

/// Keeps it in the first directory that can be written; what was kept for other keys before the
/// eight newest goes. An error of the last directory when none can.
Result<void> keep_code(const std::vector<std::filesystem::path> &directories,
                       const std::string &key, const ApplianceCode &code);

} // namespace bootperf
