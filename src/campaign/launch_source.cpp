#include "campaign/launch_source.h"

#include <utility>

#include "capture/launcher/fallback_launcher.h"
#include "capture/launcher/replay_launcher.h"
#include "capture/launcher/worker_launcher.h"

namespace bootperf {

LaunchSource::LaunchSource(std::vector<std::filesystem::path> replay) {
  if (!replay.empty()) {
    launcher_ = std::make_unique<ReplayLauncher>(std::move(replay));
    return;
  }
  FallbackOptions options;
  options.warn = [this](const std::string &warning) { warnings_.add(warning); };
  worker_ = std::make_unique<WorkerLauncher>();
  launcher_ = std::make_unique<FallbackLauncher>(*worker_, std::move(options));
}

} // namespace bootperf
