#include <array>
#include <cstddef>

#include "capture/log/boot_log.h"

namespace bootperf {

bool BootLog::ok() const {
  return end ? end->ok : !cut && value("outcome") == "ok";
}

const std::string &BootLog::value(const std::string &key) const {
  static const std::string none;
  const auto found = environment.find(key);
  return found == environment.end() ? none : found->second;
}

namespace {

// In the order of Source.
constexpr std::array<std::string_view, 10> names = {
    "close",   "subprocess_quit", "launch_done", "progress",     "appliance",
    "library", "trace",           "enter",       "libvirt_auth", "warning",
};

// In the order of TimeSource.
constexpr std::array<std::string_view, 3> clock_names = {"host", "guest", "none"};

} // namespace

std::string_view to_text(TimeSource clock) {
  return clock_names[static_cast<std::size_t>(clock)];
}

std::optional<TimeSource> clock_from_text(std::string_view text) {
  for (std::size_t i = 0; i < clock_names.size(); ++i) {
    if (clock_names[i] == text) {
      return static_cast<TimeSource>(i);
    }
  }
  return std::nullopt;
}

std::string_view to_text(Source source) {
  return names[static_cast<std::size_t>(source)];
}

std::optional<Source> source_from_text(std::string_view text) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == text) {
      return static_cast<Source>(i);
    }
  }
  return std::nullopt;
}

} // namespace bootperf
