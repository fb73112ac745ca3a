#pragma once

// Launches that cost nothing, for tests of what makes many of them.

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "capture/launcher/launcher.h"

namespace bootperf {

/// A launcher that does as the test says, by the number of the launch from 0; several threads may
/// launch at once.
class FakeLauncher : public Launcher {
public:
  explicit FakeLauncher(std::function<Result<BootLog>(int)> give) : give_(std::move(give)) {}
  Result<BootLog> launch(const LaunchRequest &request) override {
    const std::scoped_lock lock(mutex_);
    requests.push_back(request);
    return give_(launches() - 1);
  }
  int launches() const { return static_cast<int>(requests.size()); }
  std::vector<LaunchRequest> requests;

private:
  std::mutex mutex_;
  std::function<Result<BootLog>(int)> give_;
};

/// A launch under TCG that came up after a millisecond.
inline BootLog came_up() {
  BootLog log;
  log.environment = {{"mode", "traced"}, {"accel", "tcg"}};
  log.events = {
      {.t_ns = 1, .source = Source::enter, .message = "launch", .instructions = {}},
      {.t_ns = 1'000'000, .source = Source::launch_done, .message = "", .instructions = {}}};
  log.end = LaunchEnd{.ok = true,
                      .reason = "",
                      .host_cpu_ns = 5,
                      .peak_memory_bytes = 6,
                      .appliance_rebuilt = false,
                      .environment = {}};
  return log;
}

/// The same, after its appliance was built anew.
inline BootLog rebuilt() {
  BootLog log = came_up();
  log.end->appliance_rebuilt = true;
  return log;
}

/// The same, asked where its kernel's symbols lie.
inline BootLog asked() {
  BootLog log = came_up();
  log.environment["asked"] = "symbols";
  return log;
}

/// One that was killed at its deadline, before anybody knew its accelerator.
inline BootLog hung() {
  BootLog log = came_up();
  log.end->ok = false;
  log.end->reason = "hung";
  log.environment["accel"] = "";
  return log;
}

} // namespace bootperf
