#pragma once

#include <filesystem>
#include <memory>

#include "capture/launcher/launcher.h"

namespace bootperf {

/// Makes real launches, each in a worker process of its own (bootperf-launch). May be used from
/// several threads at once.
///
/// While one exists SIGINT, SIGTERM, SIGHUP and SIGPIPE end the launches under way, which then
/// return an error of kind interrupted, as does every later launch; a second signal ends the
/// program. The program becomes the reaper of its orphaned descendants, so that no process of a
/// launch is lost.
class WorkerLauncher : public Launcher {
public:
  /// The worker program: by default $BOOTPERF_LAUNCH or bootperf-launch beside the running program.
  explicit WorkerLauncher(std::filesystem::path worker = {});
  ~WorkerLauncher() override;

  /// Whatever happens, no process of the launch and nothing in its temporary directories is left
  /// behind, and the log has its end line.
  Result<BootLog> launch(const LaunchRequest &request) override;

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace bootperf
