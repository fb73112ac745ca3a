#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"

namespace bootperf {

/// Reads a whole file. A file larger than max_bytes is an input error: everything from outside is
/// bounded.
Result<std::string> read_file(const std::filesystem::path &path, std::size_t max_bytes = 1u << 30);

/// Replaces the file whole: writes beside it, fsyncs, renames. On an error the old content stands.
/// Missing parent directories are made.
Result<void> replace_file(const std::filesystem::path &path, std::string_view content);

} // namespace bootperf
