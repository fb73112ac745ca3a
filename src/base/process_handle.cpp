#include "base/process_handle.h"

#include <sys/syscall.h>
#include <unistd.h>

namespace bootperf {

FileDescriptor process_handle(pid_t pid) {
  return FileDescriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

} // namespace bootperf
