#pragma once

#include <filesystem>
#include <mutex>
#include <vector>

#include "capture/launcher/launcher.h"

namespace bootperf {

/// Serves recorded boot logs in place of real launches, without waiting: everything behind the
/// capture can be tried in seconds.
class ReplayLauncher : public Launcher {
public:
  /// The logs are served in turn and again from the first.
  explicit ReplayLauncher(std::vector<std::filesystem::path> logs);

  /// Serves the next log recorded in the request's mode (for counted: any log with instructions)
  /// and writes it to request.log, unless that is empty. An input error when no log is of that
  /// mode.
  Result<BootLog> launch(const LaunchRequest &request) override;

private:
  std::vector<std::filesystem::path> logs_;
  std::mutex mutex_; ///< launches may run in parallel
  std::size_t next_ = 0;
};

} // namespace bootperf
