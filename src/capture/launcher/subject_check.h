#pragma once

#include <filesystem>

#include "base/error.h"
#include "base/process.h"

namespace bootperf {

/// Whether the subject that is asked for can be the one that is measured. libguestfs and supermin
/// fall back in silence: a directory that is not there is passed over, and at the first variable
/// that libguestfs cannot read it stops reading the others. Whatever is named has to be there.

/// Looks at what an environment names: LIBGUESTFS_PATH, LIBGUESTFS_HV (LIBGUESTFS_QEMU),
/// LIBGUESTFS_CACHEDIR, LIBGUESTFS_TMPDIR, LIBGUESTFS_MEMSIZE, SUPERMIN_KERNEL, SUPERMIN_MODULES;
/// and LD_LIBRARY_PATH where it was asked for, since a user's own may well have gaps. A usage error
/// names the variable and what is wrong with its value. An empty value is none, as for libguestfs.
Result<void> check_subject(const Variables &environment, const Variables &asked);

/// Whether an appliance boots the kernel that SUPERMIN_KERNEL names; supermin does not rebuild an
/// appliance only because another one is asked for. True where none is.
bool boots_kernel_asked_for(const Variables &environment, const std::filesystem::path &appliance);

} // namespace bootperf
