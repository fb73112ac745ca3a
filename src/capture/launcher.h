#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "base/error.h"
#include "capture/boot_log.h"
#include "capture/mode.h"

namespace bootperf {

/// One launch as asked for.
struct LaunchRequest {
  Mode mode = Mode::quiet;
  Accelerator accelerator = Accelerator::automatic;
  std::string backend;            ///< "" leaves libguestfs' default (LIBGUESTFS_BACKEND)
  std::optional<int> memsize_mib; ///< none: libguestfs' default
  std::optional<int> smp;         ///< none: libguestfs' default, 1
  bool network = false;
  std::string append; ///< extra kernel arguments
  int drives = 1;     ///< empty read-only scratch drives, at least 1
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
