#include "capture/log/advice.h"

#include "capture/log/cause.h"
#include "capture/log/cause_rules.h"

namespace bootperf {

namespace {

struct Remedy {
  std::string_view kind;    ///< with which the reason begins; "" for any
  std::string_view pattern; ///< in it; "" for any
  Advice advice;
};

// What is more particular comes first.
constexpr Remedy remedies[] = {
    {failure::appliance,
     "/boot/*Permission denied",
     {"the host's kernel is not readable for you: sudo chmod 0644 /boot/vmlinuz-*",
      "https://bugs.launchpad.net/bugs/759725"}},
    {failure::appliance,
     "failed to find a suitable kernel",
     {"install a kernel package, or name a kernel with SUPERMIN_KERNEL and SUPERMIN_MODULES",
      "supermin(1), ENVIRONMENT VARIABLES"}},
    {failure::appliance,
     "cannot find any suitable libguestfs supermin",
     {"install the package that holds the appliance's supermin.d, or name a fixed appliance with "
      "LIBGUESTFS_PATH",
      "guestfs-faq(1), COMMON PROBLEMS"}},
    {"",
     "Could not allocate dynamic translator buffer",
     {"SELinux forbids it: setsebool -P virt_use_execmem=on", "guestfs-faq(1), COMMON PROBLEMS"}},
    {failure::libvirt,
     "Permission denied",
     {"libvirt runs qemu as another user: LIBGUESTFS_BACKEND=direct, or let that user read the "
      "disk "
      "and its directories",
      "guestfs-faq(1), \"Permission denied\" when running libguestfs as root"}},
    {failure::libvirt,
     "",
     {"LIBGUESTFS_BACKEND=direct runs qemu without libvirt",
      "guestfs-faq(1), Errors during launch"}},
    {failure::kvm,
     "Permission denied",
     {"add your user to the group of /dev/kvm, or use no KVM: "
      "LIBGUESTFS_BACKEND_SETTINGS=force_tcg",
      "guestfs(3), FORCE_TCG"}},
    {failure::kvm,
     "",
     {"LIBGUESTFS_BACKEND_SETTINGS=force_tcg uses no KVM", "guestfs(3), FORCE_TCG"}},
    {failure::memory,
     "",
     {"give the appliance more memory: LIBGUESTFS_MEMSIZE, in MiB",
      "guestfs(3), LIBGUESTFS_MEMSIZE"}},
    {failure::qemu_died,
     "Could not open '*Permission denied",
     {"qemu runs as you: let yourself read and write that file, or add it with --ro",
      "guestfish(1), --ro"}},
    {failure::qemu_died,
     "Could not open '*No such file",
     {"the disk image, or one that it is based on, is not there: qemu-img info --backing-chain",
      "qemu-img(1), info"}},
    {failure::qemu_died,
     "Failed to get *lock",
     {"a running guest has the disk open: shut it down first, or add the disk with --ro",
      "guestfish(1), USING GUESTFISH ON LIVE VIRTUAL MACHINES"}},
    {failure::qemu_died,
     "Cannot allocate memory",
     {"the host has no memory left for the guest: a smaller LIBGUESTFS_MEMSIZE, in MiB",
      "guestfs(3), LIBGUESTFS_MEMSIZE"}},
    {failure::space,
     "",
     {"the appliance is built in /var/tmp: make room, or name another place with "
      "LIBGUESTFS_CACHEDIR and TMPDIR",
      "guestfs(3), ENVIRONMENT VARIABLES"}},
    {failure::init,
     "Permission denied",
     {"a library that the appliance's bash needs is missing on the host, or /init is not "
      "executable",
      "guestfs-faq(1), execl: /init: Permission denied"}},
    {failure::no_root,
     "to appear",
     {"the kernel has no virtio drivers, or they were not loaded: try another kernel with "
      "SUPERMIN_KERNEL",
      "guestfs-faq(1), Broken kernel, or trying a different kernel"}},
    {failure::modules,
     "",
     {"try another kernel with SUPERMIN_KERNEL and SUPERMIN_MODULES",
      "guestfs-faq(1), Broken kernel, or trying a different kernel"}},
    {failure::kernel_panic,
     "",
     {"try another kernel with SUPERMIN_KERNEL",
      "guestfs-faq(1), Broken kernel, or trying a different kernel"}},
    {failure::qemu_died,
     "",
     {"try another qemu with LIBGUESTFS_HV",
      "guestfs-faq(1), Broken qemu, or trying a different qemu"}},
};

} // namespace

std::optional<Advice> advice_for(std::string_view reason, std::string_view backend) {
  if (backend == "guest") {
    return std::nullopt;
  }
  for (const Remedy &remedy : remedies) {
    if (reason.find(remedy.kind) != std::string_view::npos &&
        holds_pattern(reason, remedy.pattern)) {
      return remedy.advice;
    }
  }
  return std::nullopt;
}

} // namespace bootperf
