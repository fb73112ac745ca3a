#pragma once

#include "base/error.h"
#include "capture/symbols/appliance_code.h"
#include "capture/worker/handle.h"

namespace bootperf {

/// Asks an appliance that is up for its kernel's symbols and its programs. An error of kind
/// not_measured says what libguestfs said.
Result<ApplianceCode> ask_for_code(Handle &handle);

} // namespace bootperf
