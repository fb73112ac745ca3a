#pragma once

#include <filesystem>
#include <string_view>

namespace bootperf {

/// The directory of the running executable.
std::filesystem::path program_directory();

/// Finds a program as a shell would: through PATH, or as a path when it has a slash. Empty when it
/// is not there.
std::filesystem::path find_program(std::string_view name);

} // namespace bootperf
