#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "capture/launcher/fallback_launcher.h"
#include "capture/launcher/launcher.h"
#include "guest/guest.h"
#include "guest/guest_command.h"

namespace bootperf {

/// Stands in front of a launcher of appliances, and launches those requests itself that name a
/// guest. One that leaves its accelerator open (${accel}) falls back to TCG where KVM does not
/// work, as the appliance does.
class GuestLauncher : public Launcher {
public:
  /// The launcher outlives it. The scratch directory is the caller's, and lasts as long as launches
  /// are made. What people should know is handed to `warn`.
  GuestLauncher(Launcher &appliances, const std::vector<Guest> &guests,
                const std::filesystem::path &scratch,
                const std::function<void(const std::string &)> &warn);

  Result<BootLog> launch(const LaunchRequest &request) override;

private:
  Launcher &appliances_;
  std::vector<Guest> guests_;
  GuestCommands commands_;
  FallbackLauncher fallback_; ///< behind it are the commands
};

} // namespace bootperf
