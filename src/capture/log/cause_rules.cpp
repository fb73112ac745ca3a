#include "capture/log/cause_rules.h"

#include <array>

#include "capture/log/cause.h"

namespace bootperf {

namespace {

constexpr auto always = Weight::always;
constexpr auto not_up = Weight::not_up;
constexpr auto before_guest = Weight::before_guest;
constexpr auto without_root = Weight::without_root;

// A cause before its consequence, and what is more particular before what is less.
constexpr CauseRule rules[] = {
    // ---- building the appliance
    {failure::appliance, "cannot find any suitable libguestfs supermin"},
    {failure::appliance, "supermin: failed to find a suitable kernel"},
    {failure::appliance, "supermin-helper: ext2: parent directory not found"},
    {failure::appliance, "-f checksum returned a "},
    {failure::appliance, "^cp: *: Permission denied", 1, before_guest},
    {failure::appliance, "^supermin: error: "},
    {failure::appliance, "^supermin: failure: "},
    {failure::appliance, "^supermin: fatal"},
    {failure::appliance, "^supermin: exception: "},
    {failure::appliance, "^supermin: rpm: "},
    {failure::appliance, "^supermin: RPM error: "},
    {failure::appliance, "^supermin: *command failed, see earlier errors", 2},
    {failure::appliance, "supermin: external shell program failed", 2},
    {failure::appliance, "supermin exited with error status", 3},
    {failure::space, "No space left on device", 1, before_guest},

    // ---- qemu. Other messages of it are known by its name.
    {failure::kvm, "Could not access KVM kernel module: ", 1, before_guest},
    {failure::kvm, "failed to initialize KVM", 1, before_guest},
    {failure::kvm, "failed to initialize kvm", 1, before_guest},
    {failure::kvm, "ioctl(KVM_CREATE_VM) failed", 1, before_guest},
    {failure::kvm, "KVM: entry failed", 1, before_guest},
    {failure::kvm, "kvm run failed", 1, before_guest},
    {failure::kvm, "force_kvm supplied but kvm not available"},
    {failure::qemu_died, "qemu*: error while loading shared libraries: ", 1, before_guest},
    {failure::passt, "passt exited with status ", 1, not_up, true},
    {failure::passt, "passt was killed with signal ", 1, not_up, true},

    // ---- libvirt. Its own error stands behind libguestfs', in old versions some lines later.
    {failure::libvirt, "Original error from libvirt: "},
    {failure::libvirt, "could not connect to libvirt"},
    {failure::libvirt, "could not get libvirt capabilities"},
    {failure::libvirt, "could not get libvirt domain capabilities"},
    {failure::libvirt, "hypervisor doesn*t support qemu or KVM"},
    {failure::libvirt, "could not create appliance through libvirt", 3},

    // ---- the guest
    {failure::memory, "Kernel panic - not syncing: Out of memory", 1, always},
    {failure::memory, "System is deadlocked on memory", 1, always},
    {failure::memory, "Out of memory: Kill"},
    {failure::memory, "Initramfs unpacking failed: write error"},
    {failure::no_root, "supermin: root UUID is "},
    {failure::no_root, "supermin: missing root= parameter"},
    {failure::no_root, "supermin: unknown root= parameter"},
    {failure::modules, "insmod: open: *virtio*: ", 1, without_root},
    {failure::modules, "insmod: init_module: *virtio*: ", 1, without_root},
    {failure::modules, "insmod: init_module: *sd_mod*: ", 1, without_root},
    {failure::modules, "skipped *virtio*, module is missing", 1, without_root},
    {failure::modules, "skipped *sd_mod*, module is missing", 1, without_root},
    {failure::no_root, "supermin: waiting another * to appear", 1, without_root},
    {failure::no_root, "supermin: no root device", 1, without_root},
    {failure::no_root, "^mount: /root: "},
    {failure::init, "^execl: /init: "},
    {failure::daemon, "guestfsd: error while loading shared libraries: "},
    {failure::daemon, "guestfsd: No such file or directory"},
    {failure::daemon, "guestfsd: command not found"},
    {failure::daemon, "guestfsd: not found"},
    {failure::daemon, "^/dev/virtio-ports/*: "},
    {failure::daemon, "Failed to connect to virtio-serial channel", 2, not_up, true},
    {failure::kernel_panic, "Kernel panic - ", 2, always},

    // ---- consequences
    {failure::hung, "appliance launch timed out", 3},
    {failure::launch, "libguestfs error: ", 4},
    {failure::launch, "libguestfs: error: ", 4},
    {failure::disconnected, "appliance closed the connection unexpectedly", 5, always},
    {failure::disconnected, "unexpected end of file when reading from daemon", 5, always},
    {failure::disconnected, "child process died unexpectedly", 5},
    {failure::launch, "guestfs_launch failed", 6},
};

} // namespace

std::span<const CauseRule> cause_rules() {
  return rules;
}

bool holds_pattern(std::string_view line, std::string_view pattern) {
  const bool anchored = pattern.starts_with('^');
  if (anchored) {
    pattern.remove_prefix(1);
  }
  std::size_t from = 0;
  for (bool first = true; !pattern.empty(); first = false) {
    const std::string_view part = pattern.substr(0, pattern.find('*'));
    const std::size_t at = line.find(part, from);
    if (at == std::string_view::npos || (first && anchored && at != 0)) {
      return false;
    }
    from = at + part.size();
    pattern.remove_prefix(part.size() == pattern.size() ? part.size() : part.size() + 1);
  }
  return true;
}

} // namespace bootperf
