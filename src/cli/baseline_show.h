#pragma once

#include <string>

#include "base/error.h"

namespace bootperf {

struct BaselineShowOptions {
  std::string name; ///< the beginning of a file's name; "": every one
  std::string directory = "thresholds";
};

/// Class, provenance, reasons accepted, and each phase's mean and spread. A name that no baseline
/// has is a usage error that names the nearest.
Result<ExitCode> baseline_show(const BaselineShowOptions &options);

/// One line a baseline. None at all is not an error, and said.
Result<ExitCode> baseline_list(const BaselineShowOptions &options);

} // namespace bootperf
