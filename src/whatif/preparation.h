#pragma once

// From a lever, which is data, to a launch that is made with it.

#include <filesystem>

#include "base/error.h"
#include "capture/launcher/launcher.h"
#include "whatif/lever.h"

namespace bootperf {

/// The launch with a lever's changes. Files that it takes (a kernel, modules, an appliance with a
/// cache of its own) are made in the directory, which has to last as long as launches are made; an
/// appliance takes some 400 MB there once it is built. The appliance of the launch as it is has
/// been built. An error of kind not_measured says why the lever cannot be had here.
Result<LaunchRequest> prepare_lever(const Lever &lever, const LaunchRequest &as_it_is,
                                    const std::filesystem::path &directory);

} // namespace bootperf
