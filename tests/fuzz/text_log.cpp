#include "capture/log/text_log.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "capture/log/kernel_stamp.h"
#include "fuzz/launching.h"
#include "fuzz/promises.h"
#include "fuzz/targets.h"

namespace bootperf::fuzz {
namespace {

void require_times_that_are_written(const BootLog &log, std::string_view input) {
  std::array<std::int64_t, 3> latest = {};
  for (const Event &event : log.events) {
    std::int64_t &before = latest.at(static_cast<std::size_t>(event.clock));
    require(event.t_ns >= before, "no time is negative or goes back");
    before = event.t_ns;
    require(event.clock != TimeSource::none || event.t_ns == 0, "without a clock there is no time");
    const auto stamp = find_kernel_stamp(event.message);
    require(event.clock != TimeSource::guest || (stamp && stamp->at == 0),
            "a time of the guest's is that of a kernel's line");
  }
  const bool digit = std::ranges::any_of(input, [](char c) { return c >= '0' && c <= '9'; });
  require(digit || log.times == "none", "where no digit is, there is no time");
}

void require_phases_of_its_clocks(const BootLog &log, const PhaseTree &tree) {
  for (const Phase &phase : tree.phases) {
    const auto of_clock = [&](const Event &event) { return event.clock == phase.clock; };
    require(!phase.timed() || std::ranges::any_of(log.events, of_clock),
            "a phase has a time only where there are times: " + phase.id);
  }
}

} // namespace

void text_log(std::string_view input) {
  const Result<std::vector<BootLog>> logs = parse_text_log(input, "input");
  if (!logs)
    return require_good(logs.error());
  require(!logs->empty(), "what is no error holds a launch");
  for (const BootLog &log : *logs) {
    require(!(log.cut && log.ok()), "a log that was cut is no launch that came up");
    require(!log.times.empty(), "it is said where times are from");
    require_times_that_are_written(log, input);
    // Phases take four times as long as reading, and boot_log tries them, too: one input in eight,
    // whatever it has in common with the one that it was made of.
    if (fnv1a_64(input) % 8 == 0) {
      const PhaseTree tree = require_good_launch(log);
      require_phases_of_its_clocks(log, tree);
      require_good_outline(log, tree);
    }
  }
}

} // namespace bootperf::fuzz
