#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "capture/log/boot_log.h"

namespace bootperf {

// What a launch says about itself in its log.

/// Keys of the environment that are known; the others are absent.
using LaunchFacts = std::map<std::string, std::string>;

/// Of the qemu, from the command line of the direct backend or the XML of the libvirt backend:
/// accel ("kvm", "tcg"; absent for "kvm:tcg", which does not tell which), machine (as given),
/// guest_cpu, qemu_binary, qemu (a version).
LaunchFacts qemu_facts_from_log(std::string_view text);

/// Of the launch: mode, backend, arch, libguestfs, supermin, kernel, memsize. A launch without
/// messages of the library and the kernel is a quiet one; a verbose one counts as traced, since
/// that is how its phases are found. And that it is no other guest: guest is "no".
LaunchFacts launch_facts_from_log(std::string_view text);

/// Adds what an event says, behind some words: the console brings its own newlines, any other
/// message is a line.
void append_event(std::string &text, const Event &event, std::string_view before = "");

/// Everything that the events say, a line each: what the functions above read.
std::string text_of_events(std::span<const Event> events);

/// Sets a key, unless its value is "".
void set_if_known(LaunchFacts &facts, const char *key, std::string value);

/// The machine type of an option's value: "q35,accel=kvm:tcg", "type=q35,…"; "" when it names none.
std::string machine_of(std::string_view option);

/// What follows the first occurrence of the key, up to one of the ends; "" when there is none.
std::string value_after(std::string_view text, std::string_view key, std::string_view ends);

} // namespace bootperf
