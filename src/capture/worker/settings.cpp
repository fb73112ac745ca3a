#include "capture/worker/settings.h"

#include <vector>

#include "capture/counter/settings.h"

namespace bootperf {

std::string kernel_arguments(Mode mode, const std::string &given) {
  // With it /init leaves out the dump of its state, which takes seconds.
  const std::string traced = "guestfs_boot_analysis=1";
  switch (mode) {
  case Mode::quiet:
    return given;
  case Mode::traced:
    return joined({traced, given});
  case Mode::initcalls:
    return joined({traced, "ignore_loglevel initcall_debug", given});
  case Mode::counted:
    return joined({traced, given, joined(counted_settings().kernel_arguments)});
  }
  return given;
}

std::string joined(const std::vector<std::string> &parts) {
  std::string text;
  for (const auto &part : parts) {
    text += part.empty() || text.empty() ? "" : " ";
    text += part;
  }
  return text;
}

std::vector<std::string> backend_settings(std::vector<std::string> given, Accelerator accelerator) {
  if (accelerator == Accelerator::automatic) {
    return given;
  }
  std::erase_if(given, [](const std::string &setting) {
    return setting.starts_with("force_tcg") || setting.starts_with("force_kvm");
  });
  given.emplace_back(accelerator == Accelerator::tcg ? "force_tcg" : "force_kvm");
  return given;
}

} // namespace bootperf
