#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "capture/log/boot_log.h"

namespace bootperf {

// Launches out of text: the output of libguestfs-test-tool or of a tool with -v -x, whole or cut
// out, as people paste it into a bug report. docs/logs.md says what is understood.

/// The largest text and the most lines of one that are read; more is an input error.
inline constexpr std::size_t most_text_bytes = std::size_t{256} << 20;
inline constexpr std::size_t most_text_lines = 4'000'000;

/// The launches in a text, in their order; "launch: program=" begins one, and what comes before the
/// first is no part of it. Several are named "NAME, launch 2 of 3". Time is only where it is
/// written: see Event::clock and BootLog::times. A text in which no line is of a launch is an input
/// error. Total: any other bytes give launches.
Result<std::vector<BootLog>> parse_text_log(std::string_view text, const std::string &name);

} // namespace bootperf
