#include "phases/position.h"

#include <algorithm>

namespace bootperf {

Positions make_positions(const std::vector<Event> &events) {
  Positions positions;
  positions.lines = assemble_lines(events);
  positions.t_ns.reserve(positions.lines.size() + 2);
  positions.instructions.reserve(positions.lines.size() + 2);

  std::int64_t t_ns = 0;
  std::uint64_t instructions = 0;
  const auto add = [&](const auto &moment) {
    t_ns = std::max(t_ns, moment.t_ns);
    instructions = std::max(instructions, moment.instructions.value_or(0));
    positions.t_ns.push_back(t_ns);
    positions.instructions.push_back(instructions);
  };
  positions.t_ns.push_back(0);
  positions.instructions.push_back(0);
  for (const Line &line : positions.lines)
    add(line);
  // The log ends with its last event, which need not begin a line.
  for (const Event &event : events) {
    positions.counted = positions.counted || event.instructions.has_value();
    t_ns = std::max(t_ns, event.t_ns);
    instructions = std::max(instructions, event.instructions.value_or(0));
  }
  positions.t_ns.push_back(t_ns);
  positions.instructions.push_back(instructions);
  return positions;
}

} // namespace bootperf
