#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/error.h"
#include "capture/launcher/appliance_options.h"
#include "capture/log/boot_log.h"
#include "capture/log/mode.h"

namespace bootperf {

/// One launch as asked for.
struct LaunchRequest : ApplianceOptions {
  Mode mode = Mode::quiet;
  std::map<std::string, std::string>
      environment;           ///< the subject: LD_LIBRARY_PATH, LIBGUESTFS_PATH, …
  std::filesystem::path log; ///< the boot log is streamed here
  std::chrono::milliseconds deadline{300'000};
  /// The lever that it is made with, "" for the boot as it is: for whoever stands in front of the
  /// launcher
  std::string lever = {};
  /// The guest that is launched in place of the appliance, by its scenario; "" for the appliance:
  /// for whoever stands in front of the launcher
  std::string guest = {};
  /// Edits of qemu's arguments (counter/argument_edits.h), a file; empty: they stay as they are.
  std::filesystem::path edits = {};
  /// Mode counted: its functions are asked for, which is for whoever stands in front of the
  /// launcher
  bool profiled = false;
  /// Mode counted: a directory, to be made, in which instructions are booked by block
  /// (counter/block_record.h); empty: they are not.
  std::filesystem::path blocks;
  /// Where the appliance's list of symbols and programs is written once it is up
  /// (symbols/appliance_code.h); empty: it is not asked.
  std::filesystem::path code;
  /// Where the appliance's /proc/modules is written once it is up; empty: it is not asked.
  std::filesystem::path modules;
  /// Once it is up, the appliance makes a file system on its first drive, which then is a scratch
  /// drive, and lists what is in it: one that cannot has not come up.
  bool used = false;
  /// Mode counted: which code is a delay loop (symbols/kernel_symbols.h); empty: not known.
  std::filesystem::path loops;
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

/// What the launchers have to say, from whichever thread they run in.
class Warnings {
public:
  void add(const std::string &warning) {
    const std::scoped_lock lock(mutex_);
    warnings_.push_back(warning);
  }
  std::vector<std::string> all() {
    const std::scoped_lock lock(mutex_);
    return warnings_;
  }

private:
  std::mutex mutex_;
  std::vector<std::string> warnings_;
};

} // namespace bootperf
