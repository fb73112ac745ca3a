#pragma once

#include <map>
#include <string>
#include <vector>

namespace bootperf {

/// What a counted launch changes so that its count depends on what is booted and not on the host.
/// docs/counted.md gives the measured effect of each.
struct CountedSettings {
  int version = 0; ///< changes with any of the others: counts of two versions do not compare
  std::vector<std::string>
      kernel_arguments;                    ///< at the end of the command line, where the last wins
  std::vector<std::string> qemu_arguments; ///< options, each followed by its value
  std::map<std::string, std::string> environment; ///< of the worker: libguestfs copies some of it
};

CountedSettings counted_settings();

/// The class of a count: the version of the settings, and whether work is known apart from
/// spinning. Without that, what is judged is the sum of both, which is another quantity.
std::string counting_version(bool knows_loops);

} // namespace bootperf
