#pragma once

// Whether a launch shows that its lever took: one that had no effect on the guest is an error, not
// a zero.

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "capture/launcher/launcher.h"
#include "phases/lines.h"
#include "whatif/lever.h"

namespace bootperf {

/// What the guest wrote: the console's lines from qemu's start on. libguestfs writes qemu's command
/// line there before, on one line or on many, which says what was asked for and not what came of
/// it.
std::vector<std::string> guest_lines(const BootLog &log);

/// The first of a lever's proofs that these lines contradict, for people; none when they show that
/// it took. What only less work proves is seen when launches are compared.
std::optional<std::string> contradicted_proof(const Lever &lever,
                                              const std::vector<std::string> &lines);

/// Why a lever changes nothing here: these lines, of the boot as it is, show all that would prove
/// it. None when something proves it that they do not show.
std::optional<std::string> already_so(const Lever &lever, const std::vector<std::string> &lines);

/// Launches, and looks whether each launch with a lever shows that it took: one that does not is a
/// failed one. A quiet launch shows nothing. For several threads at once.
class ProvingLauncher : public Launcher {
public:
  /// Both outlive it.
  ProvingLauncher(Launcher &launcher, const std::vector<Lever> &levers)
      : launcher_(launcher), levers_(levers) {}

  Result<BootLog> launch(const LaunchRequest &request) override;

  /// Of the last launch without a lever that came up; empty before.
  std::vector<std::string> lines_as_it_is() const {
    const std::scoped_lock lock(mutex_);
    return as_it_is_;
  }

private:
  Launcher &launcher_;
  const std::vector<Lever> &levers_;
  mutable std::mutex mutex_; ///< over what follows
  std::vector<std::string> as_it_is_;
};

} // namespace bootperf
