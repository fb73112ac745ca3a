#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/files.h"
#include "capture/log/boot_log.h"

namespace bootperf {

/// Takes events from libguestfs' callbacks and has them on disk as soon as a thread of its own gets
/// to run. A slow callback would hold up the guest's UART, so push() only takes over the event.
class EventStream {
public:
  /// What a log may hold: a hundred times what the most talkative boot says. A hypervisor that
  /// prints without end must not fill the disk until the deadline.
  static constexpr std::size_t most_bytes = std::size_t{64} << 20;

  /// What happens on the writing thread, away from the callbacks.
  struct Hooks {
    std::function<void(const Event &)> written; ///< after an event has been written
    /// The log cannot be written any more: what errno said, EFBIG for more than most_bytes.
    std::function<void(int)> failed;
  };

  /// Writes to a log that has its header already.
  EventStream(FileDescriptor log, Hooks hooks);
  /// Writes what is left.
  ~EventStream();
  EventStream(const EventStream &) = delete;
  EventStream &operator=(const EventStream &) = delete;

  void push(Event event);

private:
  void write_until_closed();

  FileDescriptor log_;
  Hooks hooks_;
  std::mutex mutex_;
  std::condition_variable filled_;
  std::vector<Event> waiting_; ///< guarded by mutex_
  bool closed_ = false;        ///< guarded by mutex_
  std::thread writer_;         ///< last: it uses the others
};

} // namespace bootperf
