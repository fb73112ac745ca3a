#pragma once

#include <string>
#include <vector>

#include "report/text/style.h"
#include "trend/history.h"

namespace bootperf {

/// What the classes of a trend are, for people: "Debian 12, qemu 7.2, kernel 6.1 · counted". In the
/// order of History::classes, each once: where that does not tell two apart, the keys in which they
/// differ are added ("kernel 6.1.0-56-cloud-amd64"). The class of a count does not hold the
/// distribution; it is named when all its sessions that tell agree.
std::vector<std::string> class_names(const History &history, const TextStyle &style);

} // namespace bootperf
