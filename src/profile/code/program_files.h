#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "profile/code/program_code.h"

namespace bootperf {

/// Where an appliance's programs and libraries lie on the host: supermin copies most of them from
/// it, the daemon comes from libguestfs' supermin.d, and the first program is in the initrd.
struct ProgramPlaces {
  std::vector<std::string> names;           ///< as they are called inside the appliance
  std::vector<std::filesystem::path> files; ///< where each is to be read
};

/// The programs that an appliance named, with those of them that the host lacks unpacked into a
/// directory. What cannot be had is left out: its code stays unknown.
ProgramPlaces find_programs(const std::vector<std::string> &programs,
                            const std::filesystem::path &appliance,
                            const std::map<std::string, std::string> &environment,
                            const std::filesystem::path &directory);

/// Reads each file when it is asked for.
ProgramFiles program_files(ProgramPlaces places);

} // namespace bootperf
