#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "capture/counter/counter_page.h"

namespace bootperf {

/// The programs that counting needs; the build and the installation put them in one directory.
struct CounterPrograms {
  std::filesystem::path wrapper; ///< bootperf-hv
  /// libbootperf_counter_api*.so, one for each shape of qemu's plugin API, the newest first
  std::vector<std::filesystem::path> plugins;
};

/// In that directory, which is the running program's if none is given.
CounterPrograms counter_programs(const std::filesystem::path &directory = {});

/// What counts on one hypervisor.
struct Counter {
  std::filesystem::path wrapper;
  std::filesystem::path plugin; ///< the one whose API this hypervisor speaks
};

/// Starts the hypervisor ("" for the default one), without a guest, to see with which plugin it
/// counts. An error of kind not_measured says what is missing: plugins, icount, the hypervisor
/// itself, or a plugin of an API that it speaks. Takes some tenths of a second.
Result<Counter> find_counter(const std::filesystem::path &directory, const std::string &hypervisor,
                             const CounterPrograms &programs = counter_programs());

/// What a launch needs in order to be counted.
struct CountedLaunch {
  CounterPage page;
  std::filesystem::path page_file; ///< for the worker, which opens it too
  /// To be laid over the worker's environment: LIBGUESTFS_HV and what the wrapper reads.
  std::map<std::string, std::string> environment;
  std::string kernel_arguments; ///< to be the last on the guest's command line
};

/// Makes the page in the launch's temporary directory. The hypervisor is the user's LIBGUESTFS_HV,
/// which the wrapper then runs, or "" for libguestfs' default; the counter is what was found for
/// it.
Result<CountedLaunch> prepare_counted_launch(const std::filesystem::path &directory,
                                             const std::string &hypervisor, const Counter &counter);

/// The same for a launch whose instructions are booked by block: what read_block_record() reads is
/// left in the directory, which is made.
Result<CountedLaunch> prepare_profiled_launch(const std::filesystem::path &directory,
                                              const std::string &hypervisor,
                                              const Counter &counter);

} // namespace bootperf
