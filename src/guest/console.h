#pragma once

// What a guest prints, as the events of its launch.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "capture/counter/counter_page.h"
#include "capture/launcher/event_counter.h"
#include "capture/launcher/event_stream.h"
#include "capture/launcher/failure.h"

namespace re2 {
class RE2;
}

namespace bootperf {

/// Why nobody listens to a console any more.
enum class ConsoleEnd {
  up,          ///< the line was there
  closed,      ///< its program closed it without that line
  deadline,    ///< nor within the deadline
  interrupted, ///< somebody lost patience
};

/// The fate of a launch whose console ended so, and whose process did then.
WorkerFate fate_of_guest(ConsoleEnd end, WorkerFate process);

class GuestConsole {
public:
  /// The stream outlives it. The pattern is one that compiles. With a page events are counted.
  GuestConsole(EventStream &stream, const std::string &up, std::optional<CounterPage> page);
  ~GuestConsole();

  /// The first event: the guest is about to be started.
  void launched();

  /// The last event: the guest is gone.
  void gone();

  /// Puts what comes out of the descriptor into the stream, until a line matches, and says why it
  /// stopped. A line counts as soon as what there is of it matches.
  ConsoleEnd follow(int descriptor, std::chrono::milliseconds deadline, int interruption);

private:
  void push(Source source, std::string message);
  /// Whether the bytes complete a line that matches.
  bool is_up(std::string_view bytes);

  EventStream &stream_;
  std::unique_ptr<const re2::RE2> up_;
  std::optional<EventCounter> counter_;
  std::int64_t began_ns_ = 0; ///< events are timed from it, as an appliance's from guestfs_launch
  std::string line_;          ///< the end of what was printed, from its last line's beginning on
};

} // namespace bootperf
