#pragma once

#include <string>
#include <vector>

namespace bootperf {

/// Whether these are the arguments of the appliance itself, rather than one of the calls by which
/// libguestfs asks qemu what it can do (-help, -device ?, -qmp stdio). Every appliance is booted
/// with -kernel, in all versions and on all architectures; no such question is.
bool launches_appliance(const std::vector<std::string> &arguments);

/// The files that the plugin is given, each made by the host.
struct PluginFiles {
  std::string page;
  std::string blocks = {}; ///< "": instructions are not booked by block
  std::string epochs = {}; ///< "": what blocks ran is not handed over at each event
  std::string loops = {};  ///< "": no code is known to be a delay loop
};

/// The arguments of libguestfs with those of counting laid over them: settings replace libguestfs'
/// own -rtc, and the guest's random numbers no longer come from the host.
std::vector<std::string> counted_arguments(const std::vector<std::string> &arguments,
                                           const std::vector<std::string> &settings,
                                           const std::string &plugin, const PluginFiles &files);

/// "PLUGIN,page=FILE,…" as an argument of -plugin; commas in file names are doubled,
/// as qemu wants them.
std::string plugin_argument(const std::string &plugin, const PluginFiles &files);

/// The name of the qemu that libguestfs takes when no LIBGUESTFS_HV is set: qemu-system-x86_64,
/// qemu-system-aarch64 and so on, found through PATH.
std::string default_hypervisor();

} // namespace bootperf
