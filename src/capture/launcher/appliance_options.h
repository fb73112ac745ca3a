#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/flags.h"
#include "capture/log/mode.h"

namespace bootperf {

/// The appliance as it is asked for, the same in every program that launches: what `bootperf`
/// and boot_benchmarks take as flags reaches the worker under the same names.
struct ApplianceOptions {
  Accelerator accelerator = Accelerator::automatic;
  std::string backend;            ///< "" leaves libguestfs' default (LIBGUESTFS_BACKEND, direct)
  std::optional<int> memsize_mib; ///< none: libguestfs' default
  std::optional<int> smp;         ///< none: libguestfs' default, 1
  int drives = 1;                 ///< empty read-only scratch drives, at least 1
  bool network = false;
  std::string append; ///< extra kernel arguments
};

/// Its flags, bound to it.
std::vector<Flag> flags_of(ApplianceOptions &options);

/// What of it may be a subject's own, in place of what both are launched with.
struct ApplianceOfSubject {
  std::optional<int> memsize_mib = {}, smp = {}, drives = {};
  bool network = false;

  /// The options with its own in place of theirs.
  void apply_to(ApplianceOptions &options) const;
  /// What it says, by the keys of a machine class: network → yes.
  std::map<std::string, std::string> keys() const;
};

/// Its flags, bound to it, for the subject of this name: "head" → "head-smp".
std::vector<Flag> flags_of(ApplianceOfSubject &appliance, const std::string &subject);

} // namespace bootperf
