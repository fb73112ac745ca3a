#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capture/log/mode.h"

namespace bootperf {

/// The kernel arguments that make a mode, with the user's among them. What steadies the count comes
/// last: the last one wins.
std::string kernel_arguments(Mode mode, const std::string &given);

/// Parts joined with a blank, empty ones left out.
std::string joined(const std::vector<std::string> &parts);

/// The user's backend settings with the accelerator laid over them. Counting needs TCG.
std::vector<std::string> backend_settings(std::vector<std::string> given, Accelerator accelerator);

} // namespace bootperf
