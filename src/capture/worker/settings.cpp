#include "capture/worker/settings.h"

#include <algorithm>

namespace bootperf {

std::string mode_arguments(Mode mode) {
  switch (mode) {
  case Mode::quiet:
    return "";
  case Mode::traced:
  case Mode::counted:
    // /init leaves out the dump of its state, which takes seconds.
    return "guestfs_boot_analysis=1";
  case Mode::initcalls:
    return "guestfs_boot_analysis=1 ignore_loglevel initcall_debug";
  }
  return "";
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
