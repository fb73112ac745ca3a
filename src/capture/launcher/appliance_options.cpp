#include "capture/launcher/appliance_options.h"

#include <utility>

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

void ApplianceOfSubject::apply_to(ApplianceOptions &options) const {
  if (memsize_mib)
    options.memsize_mib = memsize_mib;
  if (smp)
    options.smp = smp;
  options.drives = drives.value_or(options.drives);
  options.network = options.network || network;
}

std::map<std::string, std::string> ApplianceOfSubject::keys() const {
  std::map<std::string, std::string> keys;
  for (const auto &[key, number] :
       {std::pair("memsize", memsize_mib), std::pair("smp", smp), std::pair("drives", drives)})
    if (number)
      keys[key] = std::to_string(*number);
  if (network)
    keys["network"] = "yes";
  return keys;
}

std::vector<Flag> flags_of(ApplianceOfSubject &appliance, const std::string &subject) {
  return {
      flag(subject + "-memsize", "MiB", "memory of the " + subject + "'s appliance in MiB",
           appliance.memsize_mib, {128, 1 << 20}),
      flag(subject + "-smp", "N", "virtual CPUs of the " + subject + "'s appliance", appliance.smp,
           {1, 255}),
      flag(subject + "-drives", "N", "empty drives of the " + subject + "'s appliance",
           appliance.drives, {1, 255}),
      flag(subject + "-network", "give the " + subject + "'s appliance a network",
           appliance.network),
  };
}

} // namespace bootperf
