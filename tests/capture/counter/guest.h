#pragma once

#include <cstdint>
#include <string>

namespace bootperf::testing {

/// A guest of a few bytes: firmware that counts down from `rounds` and switches the machine off.
/// It executes guest_instructions(rounds) instructions and no other; the count is exact under
/// icount, where an access to a device ends a block.
std::string guest_image(std::uint32_t rounds);

std::uint64_t guest_instructions(std::uint32_t rounds);

} // namespace bootperf::testing
