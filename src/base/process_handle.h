#pragma once

#include <sys/types.h>

#include "base/file_descriptor.h"

namespace bootperf {

/// A descriptor that becomes readable when the process has ended (Linux 5.3 and later). None when
/// there is no such process.
FileDescriptor process_handle(pid_t pid);

} // namespace bootperf
