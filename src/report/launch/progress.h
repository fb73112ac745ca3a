#pragma once

#include <chrono>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "session/session.h"

namespace bootperf {

/// The time that the launches still to be made will take, judged by those that were made. None
/// before the first has ended.
std::optional<std::chrono::seconds> time_left(std::chrono::nanoseconds so_far, int finished,
                                              int remaining);

/// "1:05", "1:00:09"
std::string clock_text(std::chrono::seconds time);

/// What became of a launch, in a line: "14.2 s", "failed in kernel: …".
std::string outcome_text(const Launch &launch);

/// Says how far the launches are: one line that rewrites itself on a terminal, a line a launch
/// elsewhere. Not for several threads at once.
class Progress {
public:
  /// launches is how many are planned, warm-ups included.
  Progress(std::ostream &out, bool terminal, int launches);

  /// A launch begins: "Launch/traced 3/10".
  void begin(std::string_view what);
  /// It has ended; outcome is what became of it, so_far the time since the first one began.
  void end(std::string_view what, std::string_view outcome, std::chrono::nanoseconds so_far);
  /// Unplanned launches that will be made.
  void add(int launches) { launches_ += launches; }
  void add_one() { add(1); }
  /// Planned launches that will not be made.
  void drop(int launches) { launches_ -= launches; }
  /// A line that stays.
  void say(std::string_view text);
  /// Leaves a clean line for other output.
  void clear();

private:
  std::string left() const;

  std::ostream &out_;
  bool terminal_;
  int launches_;
  int finished_ = 0;
  std::chrono::nanoseconds so_far_{0};
};

} // namespace bootperf
