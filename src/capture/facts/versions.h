#pragma once

#include <map>
#include <string>
#include <string_view>

namespace bootperf {

/// Component → version.
using Versions = std::map<std::string, std::string>;

/// The packages that the appliance is made of: the names of supermin.d/packages and everything they
/// need, as supermin takes it: every alternative that is installed, and what provides a virtual
/// one. installed is what `dpkg-query -W -f '${Package}|${Version}|${Provides}|${Pre-Depends},
/// ${Depends}\n'` prints. The result maps "package:NAME" to its version; names that are not
/// installed are left out.
Versions appliance_packages(std::string_view names, std::string_view installed);

/// "7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)" from the first line of `qemu --version`, or "".
std::string qemu_version(std::string_view output);

/// The versions of what a launch in this environment is made of: libguestfs, supermin, qemu,
/// kernel, seabios, and the appliance's packages as "package:NAME". Asks dpkg, else rpm (then
/// without what the packages need in turn). Total: what cannot be found out is left out, and
/// nothing takes longer than a few seconds.
Versions component_versions(const std::map<std::string, std::string> &environment);

} // namespace bootperf
