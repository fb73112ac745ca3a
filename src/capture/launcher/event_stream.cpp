#include "capture/launcher/event_stream.h"

#include <cerrno>
#include <utility>

#include "base/files.h"

namespace bootperf {

EventStream::EventStream(FileDescriptor log, Hooks hooks)
    : log_(std::move(log)), hooks_(std::move(hooks)), writer_([this] { write_until_closed(); }) {}

EventStream::~EventStream() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  filled_.notify_one();
  writer_.join();
}

void EventStream::push(Event event) {
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    was_empty = waiting_.empty();
    waiting_.push_back(std::move(event));
  }
  if (was_empty) {
    filled_.notify_one();
  }
}

void EventStream::write_until_closed() {
  std::vector<Event> events;
  std::string lines;
  std::size_t written = 0;
  while (true) {
    bool last = false;
    {
      std::unique_lock lock(mutex_);
      filled_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
      events.swap(waiting_);
      last = closed_;
    }
    lines.clear();
    for (const auto &event : events) {
      lines += event_line(event);
    }
    written += lines.size();
    if (written > most_bytes) {
      hooks_.failed(EFBIG);
      return;
    }
    if (!write_all(log_.get(), lines)) {
      hooks_.failed(errno);
      return;
    }
    for (const auto &event : events) {
      hooks_.written(event);
    }
    events.clear();
    if (last) {
      return;
    }
  }
}

} // namespace bootperf
