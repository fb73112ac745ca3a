#include "capture/counter/default_hypervisor.h"

#include <string_view>

#include <sys/utsname.h>

namespace bootperf {

std::string default_hypervisor() {
  utsname host = {};
  if (uname(&host) != 0) {
    return "qemu-system-x86_64";
  }
  std::string_view machine = host.machine;
  if (machine.starts_with("ppc64")) {
    machine = "ppc64";
  } else if (machine.starts_with("armv")) {
    machine = "arm";
  } else if (machine == "i686") {
    machine = "i386";
  }
  return "qemu-system-" + std::string(machine);
}

} // namespace bootperf
