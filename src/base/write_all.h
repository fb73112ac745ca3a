#pragma once

#include <string_view>

namespace bootperf {

/// Writes all of it to a descriptor, through interruptions. False with errno set on an error.
bool write_all(int descriptor, std::string_view content);

} // namespace bootperf
