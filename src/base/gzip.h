#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"

namespace bootperf {

/// Whether these bytes begin like a gzip file (RFC 1952).
bool is_gzip(std::string_view bytes);

/// What a gzip file holds, at most most_bytes of it: a few bytes can stand for gigabytes. Damaged,
/// cut off or larger ones are input errors that name the file.
Result<std::string> gunzip(std::string_view bytes, std::size_t most_bytes, const std::string &name);

/// The bytes as a gzip file without a name or a time: the same bytes give the same file.
Result<std::string> gzip(std::string_view bytes);

/// What was read, as it is or unpacked; an error stays one.
Result<std::string> unpacked(Result<std::string> content, std::size_t max_bytes,
                             const std::string &name);

/// Reads a whole file, as it is or unpacked; max_bytes bounds both.
Result<std::string> read_packed_file(const std::filesystem::path &path, std::size_t max_bytes);

/// Replaces the file whole; packs it when its name ends in ".gz".
Result<void> write_packed_file(const std::filesystem::path &path, std::string_view content);

} // namespace bootperf
