#pragma once

#include <filesystem>
#include <string>

#include "selftest/traces.h"

namespace bootperf {

/// The launches of a scenario in all sessions of a directory, in the order of the files' names.
Result<Traces> recorded_traces(const std::filesystem::path &directory, const std::string &scenario,
                               Metric metric);

} // namespace bootperf
