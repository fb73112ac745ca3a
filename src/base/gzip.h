#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.h"

namespace bootperf {

/// Whether these bytes begin like a gzip file (RFC 1952).
bool is_gzip(std::string_view bytes);

/// What a gzip file holds, at most most_bytes of it: a few bytes can stand for gigabytes. Damaged,
/// cut off or larger ones are input errors that name the file.
Result<std::string> gunzip(std::string_view bytes, std::size_t most_bytes, const std::string &name);

} // namespace bootperf
