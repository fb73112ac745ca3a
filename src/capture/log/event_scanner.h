#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "capture/log/boot_log.h"

namespace bootperf {

/// What a line of a boot log turned out to be.
struct EventScan {
  enum class Kind {
    event,
    end_line, ///< its first key is "end": for another reader
    ran_out,  ///< a correct beginning: the line is cut
    wrong,
  };
  Kind kind = Kind::wrong;
  std::string problem;    ///< when wrong: what was expected
  std::size_t column = 0; ///< when wrong or cut: byte, from 1
};

/// Reads one event, a flat JSON object, from a line without its newline; keys that it does not know
/// are passed over when their values are plain. Nearly all of a log is events, and one is read
/// after each launch. nlohmann's SAX reader takes five times as long for them (0.56 ms against 0.11
/// ms for a traced launch), and knows neither where in its line a value stands nor a line that was
/// cut off from one that is wrong.
EventScan scan_event(std::string_view line, Event &event);

} // namespace bootperf
