#pragma once

// Edits of the appliance's /init as text.

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "whatif/lever.h"

namespace bootperf {

/// The script with the edits made in their order, each over all lines. One that matches no line is
/// an error of kind not_measured: this libguestfs has another /init.
Result<std::string> edited_init(std::string_view script, const std::vector<InitEdit> &edits);

} // namespace bootperf
