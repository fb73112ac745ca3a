#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/error.h"
#include "capture/counter/counter_page.h"

namespace bootperf {

/// The programs that counting needs; the build and the installation put them in one directory.
struct CounterPrograms {
  std::filesystem::path wrapper; ///< bootperf-hv
  std::filesystem::path plugin;  ///< libbootperf_counter.so
};

/// Beside the running program.
CounterPrograms counter_programs();

/// What a launch needs in order to be counted.
struct CountedLaunch {
  CounterPage page;
  std::filesystem::path page_file; ///< for the worker, which opens it too
  /// To be laid over the worker's environment: LIBGUESTFS_HV and what the wrapper reads.
  std::map<std::string, std::string> environment;
  std::string kernel_arguments; ///< to be the last on the guest's command line
};

/// Makes the page in the launch's temporary directory. The hypervisor is the user's LIBGUESTFS_HV,
/// which the wrapper then runs, or "" for libguestfs' default.
Result<CountedLaunch> prepare_counted_launch(const std::filesystem::path &directory,
                                             const std::string &hypervisor,
                                             const CounterPrograms &programs = counter_programs());

/// Starts the hypervisor ("" for the default one), without a guest, to see whether it can count. An
/// error of kind not_measured says what is missing: plugins, icount or the hypervisor itself.
/// Takes some tenths of a second.
Result<void> check_counting(const std::filesystem::path &directory, const std::string &hypervisor,
                            const CounterPrograms &programs = counter_programs());

} // namespace bootperf
