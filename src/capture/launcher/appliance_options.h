#pragma once

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

} // namespace bootperf
