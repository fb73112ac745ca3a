#pragma once

// Whether guests fit: what does not is not started.

#include <cstddef>
#include <cstdint>
#include <string>

#include "session/session.h"

namespace bootperf {

/// The most memory that a launch of the session took, in bytes; 0 where none says.
std::int64_t largest_guest(const Session &session);

/// Why so many guests of so many bytes each are not started at once, or "": a tenth of what is free
/// is left to everything else on the machine. Bytes that are not known are 0, and hinder nothing.
std::string no_memory_for(std::size_t guests, std::int64_t each_bytes,
                          std::uint64_t available_bytes);

} // namespace bootperf
