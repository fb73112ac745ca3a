#pragma once

#include "capture/counter/counter_page.h"
#include "capture/log/boot_log.h"

namespace bootperf {

/// Adds to events what the guest did up to them. A console's bytes get what was counted when the
/// guest put out the last of them, rather than when they are read: a busy host reads late, and what
/// a phase costs must not depend on it.
class EventCounter {
public:
  explicit EventCounter(CounterPage page);

  /// A page that nothing has counted in yet holds no count, and the event gets none.
  void operator()(Event &event);

private:
  CounterPage page_;
  GuestCounts last_; ///< of the event before: no event may go back behind it
};

} // namespace bootperf
