#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "capture/counter/preparation.h"
#include "capture/facts/qemu.h"
#include "capture/launcher/deadline.h"
#include "capture/launcher/launcher.h"
#include "guest/guest.h"

namespace bootperf {

/// Starts the command of the guest that a request names, takes what it prints for its console, and
/// ends it once the line is there by which it is up. Counted, a qemu gets the counter's plugin and
/// the settings of counting. Whatever happens, no process of the launch is left behind, and the log
/// has its end line. For several threads at once.
class GuestCommands : public Launcher {
public:
  /// The scratch directory is the caller's, and lasts as long as launches are made. Guests boot the
  /// kernel of the appliance that the request's environment names.
  GuestCommands(std::vector<Guest> guests, std::filesystem::path scratch);

  Result<BootLog> launch(const LaunchRequest &request) override;

private:
  struct Prepared; ///< a launch before its command is started
  struct Ended;    ///< what is known of it when it is over

  Result<Prepared> prepare(const Guest &guest, const LaunchRequest &request,
                           const std::filesystem::path &directory);
  Result<Counter> find_counter_once(const std::string &hypervisor,
                                    const std::filesystem::path &directory);
  std::string delay_loops_once(const LaunchRequest &request);
  Result<Ended> run(const Guest &guest, const LaunchRequest &request, Prepared prepared);

  std::vector<Guest> guests_;
  std::filesystem::path scratch_;
  Interruption interruption_;
  QemuBinaries qemus_;
  std::mutex mutex_;                         ///< over what follows, and over files that are shared
  std::map<std::string, Counter> counters_;  ///< by hypervisor
  std::map<std::string, std::string> loops_; ///< delay loops by kernel, where they are known
};

} // namespace bootperf
