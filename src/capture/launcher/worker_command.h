#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/process.h"
#include "capture/launcher/launcher.h"

namespace bootperf {

/// Where a launch keeps its temporary files.
struct LaunchPlaces {
  std::filesystem::path worker;
  std::filesystem::path temporary;    ///< for libguestfs, the facts and the worker's own output
  std::filesystem::path spool;        ///< for what others put into TMPDIR
  std::filesystem::path counter_page; ///< mode counted

  std::filesystem::path facts() const { return temporary / "facts"; }
  std::filesystem::path output() const { return temporary / "output"; }
};

/// Where libguestfs and where other programs put temporary files in an environment, each with its
/// own default: /tmp and /var/tmp.
std::filesystem::path libguestfs_temporary_directory(const Variables &environment);
std::filesystem::path spool_directory(const Variables &environment);

/// The worker's environment: the given one with temporary directories of its own, the appliance's
/// cache where it would be without them, and the mark by which its processes are found.
Variables worker_environment(Variables environment, const LaunchPlaces &places,
                             const std::string &mark);

/// The worker's command line.
std::vector<std::string> worker_command(const LaunchRequest &request, const LaunchPlaces &places,
                                        const std::map<std::string, std::string> &header);

} // namespace bootperf
