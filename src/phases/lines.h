#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "capture/log/boot_log.h"

namespace bootperf {

/// A console line put together from events, or the message of an event of another source.
struct Line {
  std::int64_t t_ns = 0;                     ///< of its first byte
  std::optional<std::uint64_t> instructions; ///< at its first byte
  Source source = Source::appliance;
  std::string text;   ///< without \r and \n at its end; a clearing sequence that ended it is kept
  Stalls stalls = {}; ///< at its first byte
  TimeSource clock = TimeSource::host; ///< that t_ns is from
};

/// Puts lines together. APPLIANCE events are raw chunks: a line may come in many pieces and a chunk
/// may hold many lines. A newline ends a line, and so do "ESC c" and "ESC[2J" (SeaBIOS clears the
/// screen without a newline when it hands over). A kernel line that breaks into another program's
/// unfinished line is taken out of it, and that line goes on behind it. Events of other sources are
/// one line each. The result is in order of time; memory is linear in the events.
std::vector<Line> assemble_lines(std::span<const Event> events);

/// A place among the lines of a launch: 0 is the start of the log, i + 1 is line i, and the number
/// of lines + 1 is the end of the log. Phases are found as positions, so that lines which came in
/// one chunk, at one time, still have an order.
using Position = std::size_t;

/// The lines of a launch, and what every position means in time and instructions.
struct Positions {
  std::vector<Line> lines;
  std::vector<std::int64_t> t_ns;          ///< never decreases on one clock, never negative
  std::vector<TimeSource> clocks;          ///< that the times are from
  std::vector<std::uint64_t> instructions; ///< never decreases; 0 before the first count
  bool counted = false;                    ///< some event carries a count
  /// By stall_keys, likewise; each counts as measured when every event has it that has a count.
  std::array<std::vector<std::uint64_t>, stall_keys.size()> stalls;
  std::array<bool, stall_keys.size()> measured = {};

  Position end() const { return t_ns.size() - 1; }
};

/// The start of the log has no time when it is headless, or when the host's clock was not read.
Positions make_positions(const BootLog &log);

} // namespace bootperf
