#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "capture/launcher/launcher.h"

namespace bootperf {

/// Where a session's launches come from: the worker, falling back to TCG where KVM does not work,
/// or the boot logs of earlier launches. Keeps what people should know of them.
class LaunchSource {
public:
  /// Boot logs that are fed through in place of launches; none: it launches.
  explicit LaunchSource(std::vector<std::filesystem::path> replay = {});

  Launcher &launcher() { return *launcher_; }
  std::vector<std::string> warnings() { return warnings_.all(); }

private:
  Warnings warnings_;
  std::unique_ptr<Launcher> worker_, launcher_;
};

} // namespace bootperf
