#pragma once

// A guest that is no appliance: any command that boots a machine which prints while it boots, as
// data. What is launched, what that needs, and the line by which it is up.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "capture/launcher/launcher.h"
#include "whatif/need.h"

namespace bootperf {

struct Guest {
  std::string
      name; ///< of its scenario, "Floor/microvm"; never "Launch/…", "WhatIf/…", "Capacity/…"
  std::string what; ///< for people, in half a sentence
  /// The program and its arguments, in which ${accel}, ${kernel}, ${unpacked_kernel},
  /// ${initramfs}, ${initrd} and ${root} stand for what is known when it is launched
  /// (prepare_guest).
  std::vector<std::string> command;
  std::string up; ///< a pattern (RE2): the first line of the console that matches ends the launch
  std::vector<Need> needs = {};
  /// Kernel arguments of counting (counted_settings) that this machine does not come up with.
  std::vector<std::string> not_when_counted = {};
  Location where = {}; ///< in its file

  /// Whether the command holds a placeholder: "${accel}".
  bool names(std::string_view placeholder) const;
  /// Whether KVM has to be there: it cannot be counted then.
  bool needs_kvm() const;
  /// Whether it boots the appliance's kernel, whose symbols are known.
  bool boots_the_kernel() const { return names("${kernel}") || names("${unpacked_kernel}"); }
  /// Whether it takes a file of the appliance, which has to have been built.
  bool needs_the_appliance() const { return boots_the_kernel() || names("${initrd}"); }
};

/// How the scenario is called in which a guest's console is timed and nothing is counted: its own
/// name is that of the counted one.
std::string traced_guest(const std::string &name);

/// A file of guests.
struct Guests {
  std::vector<Guest> guests;
  std::filesystem::path rules; ///< their phase rules; empty: those shipped inside
};

/// The guests in a YAML file (docs/guests.md states the schema). An unknown key, a pattern that is
/// none, a placeholder that is not known, a duplicate name are input errors with file, line and
/// column.
Result<Guests> parse_guests(std::string_view yaml, const std::string &name);

/// Those in a file, whose rules are looked for beside it; the shipped ones, the floor, for "".
Result<Guests> load_guests(const std::string &file);

/// What a guest's command is made of on this machine.
struct GuestFiles {
  std::filesystem::path kernel;  ///< of the appliance
  std::filesystem::path hello;   ///< the static program that says hello (bootperf-hello)
  std::filesystem::path scratch; ///< where the initramfs, the root and the unpacked kernel are made
};

/// The command of a guest with its placeholders filled in: ${accel} is tcg where launches are
/// counted, it was asked for or KVM cannot be opened, else kvm; an initramfs and a root that only
/// say hello, and the ELF image out of the kernel's file, are made where they are named and not
/// there yet. An error of kind not_measured says what cannot be had.
Result<std::vector<std::string>> prepare_guest(const Guest &guest, const LaunchRequest &request,
                                               const GuestFiles &files);

} // namespace bootperf
