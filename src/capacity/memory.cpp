#include "capacity/memory.h"

#include <algorithm>

#include <fmt/format.h>

namespace bootperf {
namespace {

// What is left to everything else on the machine.
constexpr double share_for_guests = 0.9;

} // namespace

std::int64_t largest_guest(const Session &session) {
  std::int64_t largest = 0;
  for (const Launch &launch : session.launches)
    largest = std::max(largest, launch.peak_memory_bytes.value_or(0));
  return largest;
}

std::string no_memory_for(std::size_t guests, std::int64_t each_bytes,
                          std::uint64_t available_bytes) {
  const double needed = static_cast<double>(each_bytes) * static_cast<double>(guests);
  if (available_bytes == 0 || each_bytes == 0 ||
      needed <= share_for_guests * static_cast<double>(available_bytes))
    return "";
  constexpr double gibibyte = 1U << 30U;
  return fmt::format("{} at once would take {:.1f} GiB, and {:.1f} GiB are free", guests,
                     needed / gibibyte, static_cast<double>(available_bytes) / gibibyte);
}

} // namespace bootperf
