#include "capture/launcher/event_counter.h"

#include <utility>

namespace bootperf {

namespace {

// Of two moments in a guest's life: no count ever decreases.
bool is_later(const GuestCounts &one, const GuestCounts &other) {
  const auto waited = [](const GuestCounts &counts) {
    const auto none = std::chrono::nanoseconds(0);
    return counts.waiting.value_or(none) + counts.host_waiting.value_or(none);
  };
  return one.instructions != other.instructions ? one.instructions > other.instructions
                                                : waited(one) > waited(other);
}

std::optional<std::uint64_t> nanoseconds(const std::optional<std::chrono::nanoseconds> &time) {
  return time ? std::optional(static_cast<std::uint64_t>(time->count())) : std::nullopt;
}

} // namespace

EventCounter::EventCounter(CounterPage page) : page_(std::move(page)) {}

void EventCounter::operator()(Event &event) {
  if (page_.counting()) {
    const auto now = event.source == Source::appliance ? page_.counts_at_output() : page_.counts();
    if (!is_later(last_, now)) {
      last_ = now;
    }
    event.instructions = last_.instructions;
    event.stalls = {last_.spinning, nanoseconds(last_.waiting), nanoseconds(last_.host_waiting)};
  }
  // A profile is handed over by the number of the event (block_record.h), so every event has one.
  page_.next_epoch();
}

} // namespace bootperf
