#include "capture/log/boot_log.h"
#include "fuzz/launching.h"
#include "fuzz/promises.h"
#include "fuzz/targets.h"

namespace bootperf::fuzz {

void boot_log(std::string_view input) {
  const Result<BootLog> log = parse_boot_log(input, "input");
  if (!log)
    return require_good(log.error());
  require(!(log->cut && log->ok()), "a log that was cut is no launch that came up");
  for (const Event &event : log->events) {
    const Result<BootLog> again = parse_boot_log("{\"bootlog\":1}\n" + event_line(event), "again");
    require(again && again->events.size() == 1 && again->events[0].message == event.message,
            "an event comes back as it was written");
  }
  require_good_outputs(*log, require_good_launch(*log));
}

} // namespace bootperf::fuzz
