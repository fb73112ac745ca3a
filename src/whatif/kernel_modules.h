#pragma once

// Changes to a copy of a kernel's modules: without signatures, unpacked, or only some for the
// mini-initrd.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "whatif/lever.h"

namespace bootperf {

/// A module without the signature at its end (include/linux/module_signature.h): the marker, before
/// it twelve bytes that say how long the signature is, before them that. One that has none, or
/// whose signature would be longer than the module, is returned as it is.
std::string_view without_signature(std::string_view module);

/// Those lines of a modules.dep that are of these modules and of all that they need in turn. Names
/// are without directory and ending; - and _ are the same in them.
std::string kept_modules(std::string_view modules_dep, const std::vector<std::string> &names);

/// Copies the modules of a kernel version, and changes the copy. What unpacks modules needs xz,
/// zstd or gzip as they are packed, and depmod. An error of kind not_measured says what could not
/// be done.
Result<void> copy_modules(const std::filesystem::path &from, const std::filesystem::path &to,
                          const std::string &version, const LeverChanges &changes);

} // namespace bootperf
