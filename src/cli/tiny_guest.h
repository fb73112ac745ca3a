#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/error.h"

namespace bootperf {

/// Whether a qemu has run a guest.
struct GuestTrial {
  bool ran = false;
  std::string reason; ///< when it did not: qemu's last words, or that it hung
};

/// A firmware image of 64 KiB for x86, whose first instructions leave qemu with status 33 through
/// the device isa-debug-exit.
std::string tiny_guest();

/// Starts a qemu on the tiny guest, with more arguments ("-accel", "kvm"). Existing is not working:
/// there are kinds of KVM that open and then abort or hang, so only a guest that runs to its end
/// within the deadline counts. x86 only. An error when there is no place for the image.
Result<GuestTrial> try_tiny_guest(const std::string &qemu,
                                  const std::vector<std::string> &arguments,
                                  std::chrono::milliseconds deadline = std::chrono::seconds(10));

} // namespace bootperf
