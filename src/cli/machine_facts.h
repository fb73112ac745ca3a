#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/error.h"

namespace bootperf {

/// What a machine has that launches need, found out by trying. What it means: machine_findings.h.

/// Whether an accelerator runs a guest here.
enum class Trial {
  works,
  absent,  ///< there is no /dev/kvm, no qemu
  closed,  ///< it may not be opened
  broken,  ///< it was tried and did not work
  untried, ///< exists, and this architecture has no trial guest: the first launch will tell
};

struct TrialResult {
  Trial trial = Trial::absent;
  std::string detail;
};

struct KernelFile {
  std::string path;
  bool readable = false;
};

/// What the doctor looks at.
struct MachineFacts {
  std::string libguestfs, supermin, qemu; ///< versions; "" where there is none
  std::string qemu_program;               ///< the hypervisor libguestfs will take
  std::string worker_problem;             ///< "" when bootperf-launch starts
  bool fixed_appliance = false; ///< LIBGUESTFS_PATH holds one: neither supermin nor a kernel needed
  std::vector<KernelFile> kernels; ///< /boot/vmlinuz-*
  bool kernel_modules = false;     ///< /lib/modules has some
  TrialResult kvm, tcg;
  TrialResult counting; ///< the instruction counter's plugin, and icount
  std::string cpu;
  unsigned cores = 0;
  double load = 0; ///< of the last minute
};

/// Looks. Starts a few short programs, each with a deadline, and writes nothing that stays.
MachineFacts look_at_machine();

/// Whether a qemu has run a guest.
struct GuestTrial {
  bool ran = false;
  std::string reason; ///< when it did not: qemu's last words, or that it hung
};

/// A firmware image of 64 KiB for x86, whose first instructions leave qemu with status 33 through
/// the device isa-debug-exit.
std::string tiny_guest();

/// Starts a qemu on a real kernel as libguestfs would, and waits for the panic of a kernel that has
/// no root: there are machines whose KVM runs a few instructions, and in which kernels hang. x86
/// only.
GuestTrial try_kernel(const std::string &qemu, const std::string &kernel,
                      const std::vector<std::string> &arguments,
                      std::chrono::milliseconds deadline = std::chrono::seconds(30));

/// Starts a qemu on the tiny guest, with more arguments ("-accel", "kvm"). Existing is not working:
/// there are kinds of KVM that open and then abort or hang, so only a guest that runs to its end
/// within the deadline counts. x86 only. An error when there is no place for the image.
Result<GuestTrial> try_tiny_guest(const std::string &qemu,
                                  const std::vector<std::string> &arguments,
                                  std::chrono::milliseconds deadline = std::chrono::seconds(10));

} // namespace bootperf
