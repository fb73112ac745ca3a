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

/// Where blocks of these guests lie: qemu maps the image to the end of the address space, and its
/// last 64 KiB once more below the first MiB, where interrupts lead.
constexpr std::uint64_t guest_start = 0xffff0000;
constexpr std::uint64_t low_start = 0xf0000;
/// Of guest_image(): the loop, whose first round belongs to the block before it.
constexpr std::uint64_t loop_start = guest_start + 6;
constexpr std::uint64_t loop_end = guest_start + 10;

/// The guest of guest_image(), which puts out a byte between its loop and its end.
std::string writing_guest_image(std::uint32_t rounds);

/// In the image, where interrupts lead.
constexpr std::uint16_t handler = 0x80;
constexpr std::uint64_t interrupt_handler = low_start + handler;
/// Where a PC's BIOS handles its timer.
constexpr std::uint16_t bios_timer_handler = 0xfea5;
constexpr std::uint64_t bios_timer_interrupt = low_start + bios_timer_handler;

/// Code with which handlers begin: as Linux enters the timer's interrupt and another device's, and
/// as nobody does.
extern const std::string timer_entry, device_entry, unknown_entry;

/// The same end after three halts, each of them until the timer (the PIT) interrupts after 10 ms,
/// whose handler begins with that entry. The timer reaches it only on a CPU without a local APIC.
std::string halting_guest_image(const std::string &entry, std::uint16_t handler);
constexpr std::uint64_t halts_of_the_guest = 3;

/// The same, where the timer ends the first halt and then a device the other two: as in a guest
/// whose clock ticks while it waits for its disk.
std::string ticking_guest_image(const std::string &what_the_tick_does);
constexpr std::uint16_t second_handler = handler + 0x40;
constexpr std::uint64_t second_interrupt_handler = low_start + second_handler;
extern const std::string putting_out; ///< code that writes a byte to the first serial port
constexpr std::uint64_t behind_the_halt = low_start + 57;

} // namespace bootperf::testing
