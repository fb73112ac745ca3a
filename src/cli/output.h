#pragma once

#include <string_view>

#include "base/error.h"
#include "report/text/style.h"

namespace bootperf {

/// Standard output: an error when it cannot be written (a full disk, a closed pipe), because a
/// report that nobody got is not a report.
Result<void> write_output(std::string_view text);

void write_error(std::string_view text);

/// How standard output wants its text.
TextStyle output_style();

} // namespace bootperf
