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

/// What a launch shows of itself.
struct LaunchEvidence {
  std::vector<std::string> console;      ///< guest_lines
  std::vector<std::string> library = {}; ///< libguestfs' own lines
  std::string qemu_arguments = {};       ///< of the qemu that ran, a blank between two
};

LaunchEvidence evidence_of(const BootLog &log);

/// The first of a lever's proofs that a launch contradicts, for people; none when it shows that the
/// lever took. What only less work proves is seen when launches are compared.
std::optional<std::string> contradicted_proof(const Lever &lever, const LaunchEvidence &launch);

/// Of a quiet launch, which prints nothing: the qemu that ran is all that it shows.
std::optional<std::string> contradicted_quietly(const Lever &lever, const LaunchEvidence &launch);

/// Why a lever changes nothing here: the boot as it is shows all that would prove it. None when
/// something proves it that is not shown.
std::optional<std::string> already_so(const Lever &lever, const LaunchEvidence &as_it_is);

/// Launches, and looks whether each launch with a lever shows that it took: one that does not is a
/// failed one. For several threads at once.
class ProvingLauncher : public Launcher {
public:
  /// Both outlive it.
  ProvingLauncher(Launcher &launcher, const std::vector<Lever> &levers)
      : launcher_(launcher), levers_(levers) {}

  Result<BootLog> launch(const LaunchRequest &request) override;

  /// Of the last launch without a lever that came up and was not quiet; none before.
  std::optional<LaunchEvidence> as_it_is() const {
    const std::scoped_lock lock(mutex_);
    return as_it_is_;
  }

private:
  Launcher &launcher_;
  const std::vector<Lever> &levers_;
  mutable std::mutex mutex_; ///< over what follows
  std::optional<LaunchEvidence> as_it_is_;
};

} // namespace bootperf
