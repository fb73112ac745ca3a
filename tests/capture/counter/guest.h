#pragma once

#include <cstdint>
#include <string>

namespace bootperf::testing {

/// A guest of a few bytes: firmware that counts down from `rounds` and ends in a triple fault, on
/// which qemu -no-reboot exits. It executes guest_instructions(rounds) instructions and no other:
/// a guest that asked a device to end it would go on until qemu gets to it: with isa-debug-exit
/// 7.2 ends at once, and 10.0 and 11.1 after one or two instructions more, or none.
std::string guest_image(std::uint32_t rounds);

std::uint64_t guest_instructions(std::uint32_t rounds);

/// The same end after a division by zero, whose handler goes on behind it.
std::string faulting_guest_image();

/// What it executes, and what lies behind the division in its block.
constexpr std::uint64_t faulting_guest_instructions = 15;
constexpr std::uint64_t behind_the_fault = 5;

} // namespace bootperf::testing
