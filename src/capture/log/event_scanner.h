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

/// Reads one event, a flat JSON object, from a line without its newline. Written by hand because a
/// log is read in each launch and nearly all of it is events; keys that it does not know are passed
/// over when their values are plain.
EventScan scan_event(std::string_view line, Event &event);

} // namespace bootperf
