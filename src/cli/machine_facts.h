#pragma once

#include <string>
#include <vector>

namespace bootperf {

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

} // namespace bootperf
