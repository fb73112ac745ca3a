#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace bootperf {

/// Where libguestfs looks for its cache in an environment: LIBGUESTFS_CACHEDIR, TMPDIR, /var/tmp.
std::filesystem::path cache_directory(const std::map<std::string, std::string> &environment);

/// The directory of the cached appliance in a cache directory, for a user.
std::filesystem::path appliance_directory(const std::filesystem::path &cache, uid_t user);

/// The directories in which libguestfs looks for supermin.d, in its order: those of LIBGUESTFS_PATH
/// in an environment, else the places that distributions use. They need not be there.
std::vector<std::filesystem::path>
libguestfs_directories(const std::map<std::string, std::string> &environment);

/// The directory of the appliance that a launch in an environment boots: the cached one, or a fixed
/// one in LIBGUESTFS_PATH.
std::filesystem::path appliance_of(const std::map<std::string, std::string> &environment,
                                   uid_t user);

/// What changes when the appliance is built anew; "" when there is none. supermin builds into a new
/// directory and renames it. The files' own times tell nothing: libguestfs touches them in every
/// launch to keep cleaners of temporary files away.
std::string appliance_stamp(const std::filesystem::path &appliance);

/// The version of the appliance's kernel ("6.1.0-13-amd64"), or "".
std::string appliance_kernel(const std::filesystem::path &appliance);

/// The version inside a kernel image: a bzImage's header says it, others hold it as text. "" when
/// the image is compressed whole or is none.
std::string kernel_version(std::string_view image);

} // namespace bootperf
