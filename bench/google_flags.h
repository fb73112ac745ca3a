#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bench/options.h"

namespace bootperf {

/// Every flag of Google Benchmark 1.7 and 1.8, "--benchmark_filter" and so on.
std::vector<std::string> google_flag_names();

bool is_google_flag(std::string_view argument);

/// Reads what the program has to know of them; later arguments win over earlier ones and all over
/// the environment, as in Google Benchmark. A value that Google Benchmark would not take is a usage
/// error.
Result<GoogleFlags> read_google_flags(const std::vector<std::string> &arguments,
                                      const std::map<std::string, std::string> &environment);

} // namespace bootperf
