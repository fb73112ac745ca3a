#include "capture/boot_log.h"

namespace bootperf {

bool BootLog::ok() const {
  return end ? end->ok : !cut && value("outcome") == "ok";
}

const std::string &BootLog::value(const std::string &key) const {
  static const std::string none;
  const auto found = environment.find(key);
  return found == environment.end() ? none : found->second;
}

} // namespace bootperf
