#include "capture/launcher/appliance_options.h"

namespace bootperf {

std::vector<Flag> flags_of(ApplianceOptions &options) {
  return {
      choice_flag(
          "accel", "the accelerator (auto: KVM where it works, else TCG)", {"auto", "kvm", "tcg"},
          [&options](const std::string &text) {
            options.accelerator = accelerator_from_text(text).value_or(Accelerator::automatic);
          },
          [&options] { return std::string(to_text(options.accelerator)); }),
      flag("backend", "NAME", "libguestfs' backend: direct, libvirt", options.backend),
      flag("memsize", "MiB", "memory of the appliance in MiB", options.memsize_mib, {128, 1 << 20}),
      flag("smp", "N", "virtual CPUs of the appliance", options.smp, {1, 255}),
      flag("drives", "N", "empty drives of the appliance (1)", options.drives, {1, 255}),
      flag("network", "give the appliance a network", options.network),
      flag("append", "ARGUMENTS", "extra kernel arguments", options.append),
  };
}

} // namespace bootperf
