#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>

#include "base/error.h"
#include "capture/appliance_options.h"
#include "capture/boot_log.h"
#include "capture/mode.h"

namespace bootperf {

/// One launch as asked for.
struct LaunchRequest : ApplianceOptions {
  Mode mode = Mode::quiet;
  std::map<std::string, std::string>
      environment;           ///< the subject: LD_LIBRARY_PATH, LIBGUESTFS_PATH, …
  std::filesystem::path log; ///< the boot log is streamed here
  std::chrono::milliseconds deadline{300'000};
};

/// Launches an appliance once. The seam between the real worker and replays of recorded logs.
class Launcher {
public:
  virtual ~Launcher() = default;

  /// Makes one launch and returns its boot log. A launch that failed (hung, died, panicked) is a
  /// boot log whose ok() is false; an Error means that nothing could be launched at all (no worker
  /// program, log not writable, interrupted).
  virtual Result<BootLog> launch(const LaunchRequest &request) = 0;
};

} // namespace bootperf
