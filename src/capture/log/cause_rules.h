#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace bootperf {

/// When a message is what it says. Many harmless launches hold the words of a fatal one.
enum class Weight : std::uint8_t {
  always,       ///< whatever follows
  not_up,       ///< when the appliance did not come up
  before_guest, ///< when the guest said nothing after it
  without_root, ///< when the mini-initrd found no root device after it
};

/// A message that tells why a launch failed.
struct CauseRule {
  std::string_view kind;    ///< a word of failure:: (cause.h)
  std::string_view pattern; ///< '*' for any text; '^' at the front for the line's beginning
  int rank = 1;             ///< 1: a cause; 2: the guest's end by it; higher: consequences of it
  Weight weight = Weight::not_up;
  bool with_line_before = false; ///< the reason stands in the console's line before it
};

/// The messages of supermin, qemu, libvirt, the kernel and libguestfs, as those print them.
std::span<const CauseRule> cause_rules();

/// Whether a line holds the pattern of a rule.
bool holds_pattern(std::string_view line, std::string_view pattern);

} // namespace bootperf
