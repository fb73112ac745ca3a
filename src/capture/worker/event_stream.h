#pragma once

#include <condition_variable>
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
  /// What happens on the writing thread, away from the callbacks.
  struct Hooks {
    std::function<void(const Event &)> written; ///< after an event has been written
    std::function<void(int)> failed; ///< the log cannot be written any more: what errno said
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
