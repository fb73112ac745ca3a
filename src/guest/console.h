#pragma once

// What a guest prints, as the events of its launch.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "capture/counter/counter_page.h"
#include "capture/launcher/event_counter.h"
#include "capture/launcher/event_stream.h"

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
  lost,        ///< it prints without end, or the log cannot be written any more
};

class GuestConsole {
public:
  /// What a guest may print: many times what the most talkative boot says. One that prints without
  /// end must neither fill the disk nor take minutes to be read.
  static constexpr std::size_t most_bytes = std::size_t{8} << 20;

  /// The log has its header already. The pattern is one that compiles. With a page events are
  /// counted.
  GuestConsole(FileDescriptor log, const std::string &up, std::optional<CounterPage> page);
  ~GuestConsole();

  /// The first event: the guest is about to be started.
  void launched();

  /// Puts what comes out of the descriptor into the log, until a line matches, and says why it
  /// stopped. A line counts as soon as what there is of it matches, since a prompt has no end.
  ConsoleEnd follow(int descriptor, std::chrono::milliseconds deadline, int interruption);

  /// The last event: the guest is gone.
  void gone();

  /// Why the log cannot be written any more, as errno says; 0 when it can.
  int loss() const { return loss_; }

private:
  Event event_of(Source source, std::string message);
  void push(Source source, std::string message);
  void push_up();
  /// Whether the bytes complete a line that matches.
  bool is_up(std::string_view bytes);

  std::atomic<int> loss_ = 0; ///< set by the thread of the stream
  std::unique_ptr<const re2::RE2> up_;
  std::optional<EventCounter> counter_;
  std::optional<std::uint64_t> instructions_; ///< at the last event
  Stalls stalls_;
  std::int64_t began_ns_ = 0; ///< events are timed from it, as an appliance's from guestfs_launch
  std::size_t printed_ = 0;   ///< bytes
  std::string line_;          ///< the end of what was printed, from its last line's beginning on
  EventStream stream_;        ///< last: its thread uses the others
};

} // namespace bootperf
