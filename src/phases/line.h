#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "capture/boot_log.h"

namespace bootperf {

/// A console line put together from events, or the message of an event of another source.
struct Line {
  std::int64_t t_ns = 0;                     ///< of its first byte
  std::optional<std::uint64_t> instructions; ///< at its first byte
  Source source = Source::appliance;
  std::string text; ///< without \r and \n at its end; a clearing sequence that ended it is kept
};

/// Puts lines together. APPLIANCE events are raw chunks: a line may come in many pieces and a chunk
/// may hold many lines. A newline ends a line, and so do "ESC c" and "ESC[2J" (SeaBIOS clears the
/// screen without a newline when it hands over). A kernel line that breaks into another program's
/// unfinished line is taken out of it, and that line goes on behind it. Events of other sources are
/// one line each. The result is in order of time; memory is linear in the events.
std::vector<Line> assemble_lines(std::span<const Event> events);

} // namespace bootperf
