#pragma once

#include <string>

namespace bootperf {

/// The name of the qemu that libguestfs takes when no LIBGUESTFS_HV is set: qemu-system-x86_64,
/// qemu-system-aarch64 and so on, found through PATH.
std::string default_hypervisor();

} // namespace bootperf
