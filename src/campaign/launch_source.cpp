#include "campaign/launch_source.h"

#include <utility>

#include "capture/launcher/fallback_launcher.h"
#include "capture/launcher/replay_launcher.h"
#include "capture/launcher/worker_launcher.h"

namespace bootperf {

LaunchSource::LaunchSource(std::vector<std::filesystem::path> replay, const InFront &in_front) {
  if (!replay.empty()) {
    launcher_ = std::make_unique<ReplayLauncher>(std::move(replay));
    return;
  }
  FallbackOptions options;
  options.warn = [this](const std::string &warning) { warnings_.add(warning); };
  worker_ = std::make_unique<WorkerLauncher>();
  if (in_front) {
    in_front_ = in_front(*worker_);
  }
  launcher_ =
      std::make_unique<FallbackLauncher>(in_front_ ? *in_front_ : *worker_, std::move(options));
}

} // namespace bootperf
