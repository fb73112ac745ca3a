#include "session/identity.h"

#include <random>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace bootperf {

std::string session_id(std::chrono::system_clock::time_point when, std::uint64_t random) {
  return fmt::format("{:%Y%m%dT%H%M%SZ}-{:08x}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(when)),
                     static_cast<std::uint32_t>(random ^ (random >> 32)));
}

std::uint64_t fresh_seed() {
  std::random_device device;
  const std::uint64_t high = device();
  return ((high << 32) | device()) & ((std::uint64_t{1} << 53) - 1);
}

} // namespace bootperf
