#include "report/launch/progress.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace bootperf {

std::optional<std::chrono::seconds> time_left(std::chrono::nanoseconds so_far, int finished,
                                              int remaining) {
  if (finished <= 0) {
    return std::nullopt;
  }
  return std::chrono::round<std::chrono::seconds>(so_far / finished * std::max(remaining, 0));
}

std::string clock_text(std::chrono::seconds time) {
  const auto seconds = time.count();
  return seconds < 3600
             ? fmt::format("{}:{:02}", seconds / 60, seconds % 60)
             : fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string outcome_text(const Launch &launch) {
  if (!launch.ok) {
    return fmt::format("failed in {}: {}",
                       launch.failure_phase.empty() ? "no phase" : launch.failure_phase,
                       launch.failure);
  }
  return duration_text(launch.wall_ns) +
         (launch.appliance_rebuilt ? " (rebuilt the appliance)" : "");
}

Progress::Progress(std::ostream &out, bool terminal, int launches)
    : out_(out), terminal_(terminal), launches_(launches) {}

std::string Progress::left() const {
  // Behind the last one that is planned nobody says how long the next will take, or whether one
  // comes.
  if (launches_ <= finished_)
    return "";
  const auto time = time_left(so_far_, finished_, launches_ - finished_);
  return time ? fmt::format(", {} left", clock_text(*time)) : std::string();
}

void Progress::begin(std::string_view what) {
  if (terminal_) {
    out_ << fmt::format("\r{}{}\x1b[K", what, left()) << std::flush;
  }
}

void Progress::end(std::string_view what, std::string_view outcome,
                   std::chrono::nanoseconds so_far) {
  ++finished_;
  so_far_ = so_far;
  if (!terminal_) {
    out_ << fmt::format("{}: {}{}\n", what, outcome, left()) << std::flush;
  }
}

void Progress::say(std::string_view text) {
  clear();
  out_ << text << '\n' << std::flush;
}

void Progress::clear() {
  if (terminal_) {
    out_ << "\r\x1b[K" << std::flush;
  }
}

} // namespace bootperf
